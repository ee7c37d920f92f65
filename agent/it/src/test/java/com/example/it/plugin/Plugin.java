package com.example.it.plugin;

import com.example.it.Attempts;
import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.LimitBy;
import dev.rotor.annotations.LimitExceededException;
import dev.rotor.annotations.RateLimited;
import dev.rotor.annotations.RotatedApi;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Goes through a site of each kind; all that it touches is of its own loader. */
public final class Plugin implements Callable<Object> {

  private static int loads;

  /**
   * A value and a key of the plugin's own. No record: on Java 17 the JDK itself keeps the last
   * class whose generated {@code equals} was linked.
   */
  static final class Answer {
    private final String text;

    Answer(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Answer that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("please try again in 0.001ms");
    }

    public int statusCode() {
      return 429;
    }
  }

  @RotatedApi("pets")
  Answer rotated(Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return new Answer("rotated");
  }

  @RotatedApi("pets")
  CompletableFuture<Answer> rotatedLater(Attempts attempts, @ApiKey String key) {
    return CompletableFuture.supplyAsync(() -> arrived(attempts, key));
  }

  private static Answer arrived(Attempts attempts, String key) {
    attempts.arrive(key);
    return new Answer("rotated later");
  }

  @Cached
  static Answer cached(@CacheKey Answer question) {
    loads++;
    return new Answer("cached");
  }

  @Cached
  CompletableFuture<Answer> cachedLater(@CacheKey Answer question) {
    loads++;
    return CompletableFuture.completedFuture(new Answer("cached later"));
  }

  @RateLimited(permits = 1, per = "1h")
  void limited(@LimitBy Answer whose) {}

  /** Returns what the limit threw, for whoever wants to know its class. */
  @Override
  public Object call() throws Exception {
    check(new Attempts().refuse(2).with(new Busy()));
    Answer first = cached(new Answer("why"));
    requireSame(cached(new Answer("why")), first, "a hit");
    Answer later = cachedLater(new Answer("why")).get(20, TimeUnit.SECONDS);
    requireSame(cachedLater(new Answer("why")).get(20, TimeUnit.SECONDS), later, "a late hit");
    require(loads == 2, "loads of this class alone");
    try {
      limited(new Answer("mine"));
      limited(new Answer("mine"));
    } catch (LimitExceededException e) {
      limited(new Answer("another's"));
      return e;
    }
    throw new AssertionError("was not limited");
  }

  private void check(Attempts attempts) throws Exception {
    require(rotated(attempts, "own").text().equals("rotated"), "rotated");
    require(attempts.seen().size() == 3 && !attempts.seen().contains("own"), "three keys");
    attempts.refuse(2);
    Answer later = rotatedLater(attempts, "own").get(20, TimeUnit.SECONDS);
    require(later.text().equals("rotated later"), "rotated later");
    require(attempts.seen().size() == 6 && !attempts.seen().contains("own"), "three more keys");
  }

  private static void requireSame(Object actual, Object expected, String what) {
    require(actual == expected, what);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
