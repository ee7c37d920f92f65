package dev.rotor.it.http;

import dev.rotor.samples.stub.StubProviderBuilder;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One scenario for several clients.
 *
 * @param api what stands under the API's name; {@code <url>} is the provider's address, {@code
 *     <second>} and {@code <foreign>} those of others
 * @param binds bindings, or nothing; {@code <api>} and {@code <host>} are the API's
 */
record Scenario(
    String name,
    Set<Way> ways,
    String api,
    String binds,
    UnaryOperator<StubProviderBuilder> provider,
    Body body) {

  /** What happens and is checked. */
  @FunctionalInterface
  interface Body {
    void run(Case it) throws Exception;
  }

  static Scenario of(String name, String api, Body body) {
    return new Scenario(name, Way.ALL, api, "", UnaryOperator.identity(), body);
  }

  Scenario with(Set<Way> newWays) {
    return new Scenario(name, newWays, api, binds, provider, body);
  }

  Scenario bind(String newBinds) {
    return new Scenario(name, ways, api, newBinds, provider, body);
  }

  Scenario provider(UnaryOperator<StubProviderBuilder> newProvider) {
    return new Scenario(name, ways, api, binds, newProvider, body);
  }
}
