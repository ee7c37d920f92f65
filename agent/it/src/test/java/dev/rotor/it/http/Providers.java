package dev.rotor.it.http;

import dev.rotor.samples.stub.SelfSignedTls;
import dev.rotor.samples.stub.StubProvider;
import dev.rotor.samples.stub.StubProviderBuilder;
import java.util.function.UnaryOperator;

/**
 * Those that one scenario talks to.
 *
 * @param api the name of the API
 * @param provider its provider
 * @param second another host of the API, where the scenario says so
 * @param foreign somebody else
 */
public record Providers(
    String api, StubProvider provider, StubProvider second, StubProvider foreign)
    implements AutoCloseable {

  /** Over plain HTTP. */
  public static Providers start(String api, UnaryOperator<StubProviderBuilder> settings) {
    return new Providers(
        api, settings.apply(builder()).start(), builder().start(), builder().start());
  }

  /** Over HTTPS. */
  static Providers start(
      String api, UnaryOperator<StubProviderBuilder> settings, SelfSignedTls tls) {
    return new Providers(
        api,
        settings.apply(builder()).https(tls.context()).start(),
        builder().https(tls.context()).start(),
        builder().https(tls.context()).start());
  }

  private static StubProviderBuilder builder() {
    return Keys.accept(StubProvider.builder());
  }

  /** Fills their addresses into a configuration. */
  public String filled(String text) {
    return text.replace("<url>", provider.url())
        .replace("<second>", second.url())
        .replace("<foreign>", foreignUrl())
        .replace("<api>", api)
        .replace("<host>", "127.0.0.1:" + provider.port());
  }

  /** By another name, too, so that it is another host to everybody. */
  public String foreignUrl() {
    return foreign.url().replace("127.0.0.1", "localhost");
  }

  @Override
  public void close() {
    provider.close();
    second.close();
    foreign.close();
  }
}
