package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.io.IOException;
import java.util.function.Supplier;

/** Methods of every kind rotate: each body fails twice and succeeds with the third key. */
public class MethodKinds {

  private final Attempts attempts = new Attempts().refuse(2);

  private void rotated() {
    assertThat(attempts.seen())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .isSubsetOf("alpha", "beta", "gamma", "delta");
  }

  @RotatedApi("pets")
  private String secretly(@ApiKey String key) {
    attempts.arrive(key);
    return "secretly";
  }

  public void aPrivateMethod() {
    assertThat(secretly("own")).isEqualTo("secretly");
    rotated();
  }

  @RotatedApi("pets")
  static String statically(Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return "statically";
  }

  public void aStaticMethod() {
    assertThat(statically(attempts, "own")).isEqualTo("statically");
    rotated();
  }

  @RotatedApi("pets")
  final String finally_(@ApiKey String key) {
    attempts.arrive(key);
    return "finally";
  }

  public void aFinalMethod() {
    assertThat(finally_("own")).isEqualTo("finally");
    rotated();
  }

  String outside(String key) {
    return this.secretly(key) + " and " + this.secretly(key);
  }

  public void aMethodThatItsOwnObjectInvokes() {
    assertThat(outside("own")).isEqualTo("secretly and secretly");
    assertThat(attempts.seen()).hasSize(4).doesNotContain("own");
  }

  @RotatedApi("pets")
  synchronized String holdingTheMonitor(@ApiKey String key) {
    assertThat(Thread.holdsLock(this)).isTrue();
    attempts.arrive(key);
    return "held";
  }

  public void aSynchronizedMethodRotatesUnderItsMonitor() {
    assertThat(holdingTheMonitor("own")).isEqualTo("held");
    rotated();
    assertThat(Thread.holdsLock(this)).isFalse();
  }

  @RotatedApi("resting")
  synchronized String neverWaiting(@ApiKey String key) {
    attempts.arrive(key);
    return "not reached";
  }

  public void aSynchronizedMethodNeverWaits() {
    // the API's only key rests for a minute, and calls may wait for two
    attempts
        .refuse(1)
        .with(new IllegalStateException("429 Too Many Requests: rate limit exceeded"));
    Throwable thrown = catchThrowable(() -> neverWaiting("own"));
    assertThat(thrown).isInstanceOf(IllegalStateException.class);
    assertThat(attempts.seen()).containsExactly("omega");
    assertThat(catchThrowable(() -> neverWaiting("own")))
        .isInstanceOf(dev.rotor.annotations.NoUsableKeyException.class)
        .hasMessageContaining("MethodKinds#neverWaiting(String)");
    assertThat(attempts.seen()).hasSize(1);
  }

  @RotatedApi("pets")
  String recursive(int depth, @ApiKey String key) {
    if (depth > 0) {
      return depth + " " + recursive(depth - 1, "own");
    }
    attempts.arrive(key);
    return "bottom";
  }

  public void aRecursiveMethod() {
    assertThat(recursive(3, "own")).isEqualTo("3 2 1 bottom");
    assertThat(attempts.seen()).hasSize(3).doesNotHaveDuplicates().doesNotContain("own");
  }

  static class FirstIo {
    final IOException failure = new IOException("too many requests, try again in 0.001ms");

    @RotatedApi("pets")
    String fetch(Attempts attempts, @ApiKey String key) throws IOException {
      try {
        attempts.arrive(key);
      } catch (ProviderException e) {
        throw failure;
      }
      return "fetched";
    }
  }

  public void aMethodThatThrowsCheckedExceptions() throws IOException {
    assertThat(new FirstIo().fetch(attempts, "own")).isEqualTo("fetched");
    rotated();
  }

  record Pet(Attempts attempts) {
    @RotatedApi("pets")
    String feed(@ApiKey String key) {
      attempts.arrive(key);
      return "fed";
    }
  }

  public void aMethodOfARecord() {
    assertThat(new Pet(attempts).feed("own")).isEqualTo("fed");
    rotated();
  }

  enum Endpoint {
    LIST {
      @Override
      String call(Attempts attempts, String key) {
        attempts.arrive(key);
        return "listed";
      }
    };

    @RotatedApi("pets")
    abstract String call(Attempts attempts, @ApiKey String key);
  }

  public void aMethodOfAnEnumConstant() {
    assertThat(Endpoint.LIST.call(attempts, "own")).isEqualTo("listed");
    rotated();
  }

  class Inner {
    @RotatedApi("pets")
    String fetch(@ApiKey String key) {
      attempts.arrive(key);
      return "inner";
    }
  }

  public void aMethodOfAnInnerClass() {
    assertThat(new Inner().fetch("own")).isEqualTo("inner");
    rotated();
  }

  public void aMethodOfALocalClass() {
    class Local {
      @RotatedApi("pets")
      String fetch(@ApiKey String key) {
        attempts.arrive(key);
        return "local";
      }
    }
    assertThat(new Local().fetch("own")).isEqualTo("local");
    rotated();
  }

  public void aMethodOfAnAnonymousClass() {
    Supplier<String> anonymous =
        new Supplier<>() {
          @Override
          public String get() {
            return fetch("own");
          }

          @RotatedApi("pets")
          private String fetch(@ApiKey String key) {
            attempts.arrive(key);
            return "anonymous";
          }
        };
    assertThat(anonymous.get()).isEqualTo("anonymous");
    rotated();
  }

  static class Constructed {
    final String value;

    @RotatedApi("pets")
    static String load(Attempts attempts, @ApiKey String key) {
      attempts.arrive(key);
      return "loaded";
    }

    Constructed(Attempts attempts) {
      value = load(attempts, "own");
    }
  }

  public void aMethodThatAConstructorCalls() {
    assertThat(new Constructed(attempts).value).isEqualTo("loaded");
    rotated();
  }

  @RotatedApi("pets")
  static class MarkedWithConstructor {
    final Attempts attempts;

    MarkedWithConstructor(Attempts attempts, String key) {
      this.attempts = attempts;
      attempts.arrive(key);
    }
  }

  public void aConstructorOfAMarkedClassIsNoSite() {
    Throwable thrown = catchThrowable(() -> new MarkedWithConstructor(attempts, "own"));
    assertThat(thrown).isInstanceOf(ProviderException.class);
    assertThat(attempts.seen()).containsExactly("own");
  }
}
