package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Received;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code of the application's may set a credential below the exchange, and never sees ours. */
@Timeout(60)
class LateCredentialTest {

  private final FakeTime time = new FakeTime();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private Provider provider;
  private Provider other;
  private String credential = "Bearer rotor";
  private @Nullable String host;

  @SuppressWarnings("NullAway") // set before each test
  LateCredentialTest() {}

  @BeforeEach
  void start() throws Exception {
    provider = Provider.start(LateCredentialTest::limitsTheFirstKey);
    other = Provider.start(LateCredentialTest::limitsTheFirstKey);
  }

  @AfterEach
  void close() {
    provider.close();
    other.close();
  }

  private static Reply limitsTheFirstKey(Received request) {
    return String.valueOf(request.header("Authorization")).contains(Engines.FIRST)
        ? Reply.of(429, "slow down", "Retry-After", "30")
        : Reply.of(200, "fine");
  }

  /** The first key has a base URL of its own. */
  private Rotor elsewhere() {
    return Engines.of(
        provider,
        time,
        "profile: generic-bearer",
        "base-url: http://127.0.0.1:%d/v1".formatted(provider.port()),
        ("keys: [{name: first, secret: %s, priority: 2, base-url: 'http://127.0.0.1:%d/eu/v1'},"
                + " {name: second, secret: %s, priority: 1}]")
            .formatted(Engines.FIRST, other.port(), Engines.SECOND));
  }

  private String send(Rotor rotor, URI uri) throws Exception {
    HttpAsyncClientBuilder builder =
        HttpAsyncClientBuilder.create()
            .disableAutomaticRetries()
            .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
            .addExecInterceptorAfter(
                ChainElement.CONNECT.name(),
                "looks",
                (request, producer, scope, chain, callback) -> {
                  see(request);
                  chain.proceed(request, producer, scope, callback);
                })
            .addRequestInterceptorLast(
                (request, entity, context) -> {
                  request.setHeader("Authorization", credential);
                  if (host != null) {
                    request.setHeader("Host", host);
                  }
                  see(request);
                })
            .addResponseInterceptorLast(
                (response, entity, context) -> see(HttpClientContext.cast(context).getRequest()));
    try (CloseableHttpAsyncClient client = builder.build()) {
      client.start();
      HttpClientContext context = HttpClientContext.create();
      SimpleHttpResponse response =
          client
              .execute(
                  SimpleRequestBuilder.post(uri).setBody("hello", ContentType.TEXT_PLAIN).build(),
                  context,
                  null)
              .get();
      see(context.getRequest());
      client.close(CloseMode.IMMEDIATE);
      return response.getCode() + " " + response.getBodyText();
    }
  }

  private void see(HttpRequest request) {
    seen.add(request.getRequestUri() + List.of(request.getHeaders()));
  }

  private void assertNoKeySeen() {
    assertThat(seen).isNotEmpty();
    assertThat(seen.toString()).doesNotContain(Engines.FIRST).doesNotContain(Engines.SECOND);
  }

  @Test
  void aPlaceholderIsReplacedAndTheApplicationNeverSeesAKey() throws Exception {
    assertThat(send(Engines.bearer(provider, time), provider.uri("/v1/chat")))
        .isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly(Engines.FIRST, Engines.SECOND);
    assertNoKeySeen();
  }

  @Test
  void aKeyInTheAddressIsNotSeenEither() throws Exception {
    Rotor rotor =
        Engines.of(provider, time, "profile: {extends: generic-header, key: {query: api_key}}");

    assertThat(send(rotor, provider.uri("/v1/chat?a=1"))).isEqualTo("200 fine");

    assertThat(provider.received().get(0).path())
        .isEqualTo("/v1/chat?a=1&api_key=" + Engines.FIRST);
    assertNoKeySeen();
  }

  @Test
  void aForeignOnePassesUntouched() throws Exception {
    credential = "Bearer somebody-else";

    assertThat(send(Engines.bearer(provider, time), provider.uri("/v1/chat")))
        .isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly("somebody-else");
    assertThat(provider.received().get(0).body()).isEqualTo("hello");
  }

  @Test
  void aKeysOwnBaseUrlLeadsTheConnectionThere() throws Exception {
    assertThat(send(elsewhere(), provider.uri("/v1/chat?a=1"))).isEqualTo("200 fine");

    assertThat(other.keys()).containsExactly(Engines.FIRST);
    assertThat(other.received().get(0).path()).isEqualTo("/eu/v1/chat?a=1");
    assertThat(other.received().get(0).header("Host")).isEqualTo("127.0.0.1:" + other.port());
    assertThat(provider.keys()).containsExactly(Engines.SECOND);
    assertThat(provider.received().get(0).path()).isEqualTo("/v1/chat?a=1");
    assertNoKeySeen();
  }

  @Test
  void aForeignOneOnTheWayToAnotherHostGoesBackToWhereTheApplicationSendsIt() throws Exception {
    credential = "Bearer somebody-else";

    assertThat(send(elsewhere(), provider.uri("/v1/chat"))).isEqualTo("200 fine");

    assertThat(other.received()).isEmpty();
    assertThat(provider.keys()).containsExactly("somebody-else");
    assertThat(provider.received().get(0).body()).isEqualTo("hello");
  }

  @Test
  void aRequestThatComesToNameSomebodyElseGetsNoKey() throws Exception {
    host = "somebody.example";

    assertThat(send(Engines.bearer(provider, time), provider.uri("/v1/chat")))
        .isEqualTo("200 fine");
    assertThat(send(elsewhere(), provider.uri("/v1/chat"))).isEqualTo("200 fine");

    assertThat(provider.keys()).containsExactly("rotor", "rotor");
    assertThat(other.received()).isEmpty();
  }
}
