package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.http.ApplicationNamesTest.WebLoader;
import dev.rotor.runtime.testing.TestEngine;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two applications, two APIs, one host. */
class ApplicationSitesTest {

  private static final String URL = "https://api.example.com/v1/things";

  private static final String APIS =
      """
      apis:
        shop: {profile: generic-bearer, hosts: [api.example.com], keys: [key-of-shop]}
        office: {profile: generic-bearer, hosts: [api.example.com], keys: [key-of-office]}
      bind:
        - {host: "*.example.com", when: {application: "/office*"}, rotate: office}
      """;

  private static final ClassLoader SHOP = new WebLoader(null, "shop");
  private static final ClassLoader OFFICE = new WebLoader(null, "office##2");

  private static @Nullable String key(TestEngine engine, FakeRequest request) {
    HttpCall call = engine.rotor().exchanges().begin(request);
    if (call == null) {
      return null;
    }
    assertThat(call.proceed()).isTrue();
    String value = call.edit().set().get("Authorization");
    call.passed(200, Headers.NONE);
    return value;
  }

  private static @Nullable String key(TestEngine engine, @Nullable ClassLoader loader, String url) {
    return ApplicationNamesTest.within(loader, () -> key(engine, FakeRequest.get(url)));
  }

  @Test
  void eachApplicationUsesTheKeysOfItsApi() {
    TestEngine engine = new TestEngine(APIS);
    assertThat(key(engine, OFFICE, URL)).isEqualTo("Bearer key-of-office");
    assertThat(key(engine, SHOP, URL)).isEqualTo("Bearer key-of-shop");
    assertThat(key(engine, null, URL)).as("no application").isEqualTo("Bearer key-of-shop");
  }

  @Test
  void withoutImplicitBindingsAnotherApplicationPassesUntouched() {
    TestEngine engine = new TestEngine("defaults: {intercept: false}\n" + APIS);
    assertThat(key(engine, OFFICE, URL)).isEqualTo("Bearer key-of-office");
    assertThat(key(engine, SHOP, URL)).isNull();
    assertThat(key(engine, null, URL)).isNull();
  }

  @Test
  void aKeyGoesToItsApisHostsWhateverTheApplication() {
    String apart =
        APIS.replace(
            "office: {profile: generic-bearer, hosts: [api.",
            "office: {profile: generic-bearer, hosts: [office.");
    TestEngine engine = new TestEngine(apart);
    assertThat(key(engine, OFFICE, URL)).as("bound to office, not office's host").isNull();
    assertThat(key(engine, OFFICE, "https://office.example.com/"))
        .isEqualTo("Bearer key-of-office");
    Routes routes = engine.rotor().exchanges().routes();
    URI shop = URI.create(URL);
    URI office = URI.create("https://office.example.com/");
    assertThat(routes.mayCarry(office, shop, "Bearer key-of-office")).isFalse();
    assertThat(routes.mayCarry(shop, office, "Bearer key-of-shop")).isFalse();
  }

  @Test
  void theKeyOfTheOtherApiIsSomebodyElsesCredential() {
    TestEngine engine = new TestEngine(APIS);
    FakeRequest shops = FakeRequest.get(URL).with("Authorization", "Bearer key-of-shop");
    assertThat(ApplicationNamesTest.within(OFFICE, () -> key(engine, shops))).isNull();
  }
}
