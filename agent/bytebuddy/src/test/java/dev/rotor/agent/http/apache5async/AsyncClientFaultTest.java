package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fault inside the engine never breaks a request, and never repeats one. */
@Timeout(60)
class AsyncClientFaultTest {

  private final BrokenClock clock = new BrokenClock();

  @Test
  void aFaultBeforeTheRequestLetsItThroughUntouched() throws Exception {
    try (Provider provider = Provider.start(request -> Reply.of(200, "fine"))) {
      Rotor rotor = engine(provider);
      clock.breakNow();

      assertThat(send(rotor, provider.uri("/v1/chat"))).isEqualTo("200 fine");

      assertThat(provider.keys()).containsExactly("rotor");
    }
  }

  @Test
  void afterAFaultTheAnswerIsHandedOnAndNothingIsSentAgain() throws Exception {
    try (Provider provider =
        Provider.start(
            request -> {
              clock.breakNow();
              return Reply.of(429, "slow down", "Retry-After", "30");
            })) {
      assertThat(send(engine(provider), provider.uri("/v1/chat"))).isEqualTo("429 slow down");

      assertThat(provider.keys()).containsExactly(Engines.FIRST);
    }
  }

  private Rotor engine(Provider provider) {
    return Engines.of(provider, clock, new FakeTime(), "profile: generic-bearer");
  }

  private static String send(Rotor rotor, URI uri) throws Exception {
    CloseableHttpAsyncClient client =
        HttpAsyncClientBuilder.create()
            .disableAutomaticRetries()
            .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
            .build();
    client.start();
    try {
      SimpleHttpResponse response =
          client
              .execute(
                  SimpleRequestBuilder.get(uri).setHeader("Authorization", "Bearer rotor").build(),
                  null)
              .get();
      return response.getCode() + " " + response.getBodyText();
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}
