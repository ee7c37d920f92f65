package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.BaseUrl;
import dev.rotor.annotations.RotatedApi;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** Wherever the annotation stands, the call rotates and each attempt gets a key of its own. */
public class AnnotationPlaces {

  private final Attempts attempts = new Attempts();

  private void rotated() {
    assertThat(attempts.seen())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .isSubsetOf("alpha", "beta", "gamma", "delta");
  }

  static class OnMethod {
    @RotatedApi("pets")
    String fetch(Attempts attempts, @ApiKey String key) {
      attempts.arrive(key);
      return "fetched";
    }

    String unmarked(Attempts attempts, @ApiKey String key) {
      attempts.arrive(key);
      return "fetched";
    }
  }

  public void onAMethod() {
    assertThat(new OnMethod().fetch(attempts.refuse(2), "own")).isEqualTo("fetched");
    rotated();
  }

  public void anUnmarkedMethodOfTheSameClassIsUntouched() {
    ProviderException refusal = new ProviderException(429);
    attempts.refuse(1).with(refusal);
    try {
      String unexpected = new OnMethod().unmarked(attempts, "own");
      throw new AssertionError("returned " + unexpected);
    } catch (ProviderException e) {
      assertThat(e).isSameAs(refusal);
    }
    assertThat(attempts.seen()).containsExactly("own");
  }

  @RotatedApi("pets")
  static class OnClass {
    String fetch(Attempts attempts, @ApiKey String key) {
      attempts.arrive(key);
      return "fetched";
    }
  }

  public void onAClass() {
    assertThat(new OnClass().fetch(attempts.refuse(2), null)).isEqualTo("fetched");
    rotated();
  }

  static class Heir extends OnClass {
    @Override
    String fetch(Attempts attempts, String key) {
      attempts.arrive(key);
      return "fetched by the heir";
    }
  }

  public void onASuperclass() {
    assertThat(new Heir().fetch(attempts.refuse(2), null)).isEqualTo("fetched by the heir");
    rotated();
  }

  static class Delegating extends OnClass {
    @Override
    String fetch(Attempts attempts, String key) {
      return super.fetch(attempts, key);
    }
  }

  public void aMarkedMethodThatCallsItsMarkedSuperclassIsOneCall() {
    assertThat(new Delegating().fetch(attempts.refuse(2), null)).isEqualTo("fetched");
    rotated();
  }

  @RotatedApi("pets")
  interface OnInterface {
    String fetch(Attempts attempts, @ApiKey String key);

    default String fetchByDefault(Attempts attempts, @ApiKey String key) {
      attempts.arrive(key);
      return "by default";
    }
  }

  static class Implementation implements OnInterface {
    @Override
    public String fetch(Attempts attempts, String key) {
      attempts.arrive(key);
      return "implemented";
    }
  }

  public void onAnInterface() {
    assertThat(new Implementation().fetch(attempts.refuse(2), "own")).isEqualTo("implemented");
    rotated();
  }

  public void onADefaultMethod() {
    assertThat(new Implementation().fetchByDefault(attempts.refuse(2), "own"))
        .isEqualTo("by default");
    rotated();
  }

  interface OnInterfaceMethod {
    @RotatedApi("pets")
    String fetch(Attempts attempts, @ApiKey String key);
  }

  interface Between extends OnInterfaceMethod {}

  abstract static class HalfWay implements Between {}

  static class FarAway extends HalfWay {
    @Override
    public String fetch(Attempts attempts, String key) {
      attempts.arrive(key);
      return "far away";
    }
  }

  public void onAMethodOfAnInterfaceFarUp() {
    assertThat(new FarAway().fetch(attempts.refuse(2), "own")).isEqualTo("far away");
    rotated();
  }

  static class Unrelated {
    public String fetch(Attempts attempts, String key) {
      attempts.arrive(key);
      return "unrelated";
    }
  }

  static class Joined extends Unrelated implements OnInterface {}

  public void anInheritedMethodThatHappensToImplementAMarkedInterfacePasses() {
    // it is woven where it is declared, and that class does not know the interface
    assertThat(new Joined().fetch(attempts, "own")).isEqualTo("unrelated");
    assertThat(attempts.seen()).containsExactly("own");
  }

  interface Generic<I, O> {
    @RotatedApi("pets")
    O convert(I input, @ApiKey String key);
  }

  static class Concrete implements Generic<Attempts, String> {
    @Override
    public String convert(Attempts input, String key) {
      input.arrive(key);
      return "converted";
    }
  }

  public void onAGenericInterfaceWithABridge() {
    Generic<Attempts, String> generic = new Concrete();
    assertThat(generic.convert(attempts.refuse(2), "own")).isEqualTo("converted");
    rotated();
  }

  public void onAnInterfaceOfAJdkProxy() {
    OnInterface proxy =
        (OnInterface)
            Proxy.newProxyInstance(
                AnnotationPlaces.class.getClassLoader(),
                new Class<?>[] {OnInterface.class},
                (self, method, arguments) -> {
                  try {
                    return method.invoke(new Callee(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    assertThat(proxy.fetch(attempts.refuse(2), "own")).isEqualTo("called");
    rotated();
  }

  private static final class Callee implements OnInterface {
    // without the proxy's key this would be a site as well, and join the proxy's call
    @Override
    public String fetch(Attempts attempts, String key) {
      attempts.arrive(key);
      return "called";
    }
  }

  static class WithBaseUrl {
    @RotatedApi("pets")
    String fetch(Attempts attempts, List<String> urls, @BaseUrl String url, @ApiKey String key) {
      urls.add(url);
      attempts.arrive(key);
      return url;
    }
  }

  public void eachAttemptGetsTheBaseUrlOfItsKey() {
    List<String> urls = new java.util.ArrayList<>();
    new WithBaseUrl().fetch(attempts.refuse(3), urls, "https://own.example", "own");
    assertThat(attempts.seen()).containsExactlyInAnyOrder("alpha", "beta", "gamma", "delta");
    for (int i = 0; i < 4; i++) {
      assertThat(urls.get(i))
          .isEqualTo(
              attempts.seen().get(i).equals("beta")
                  ? "https://beta.pets.example/v2"
                  : "https://pets.example/v1");
    }
  }
}
