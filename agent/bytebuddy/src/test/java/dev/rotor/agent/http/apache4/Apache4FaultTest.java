package dev.rotor.agent.http.apache4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.BrokenClock;
import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.agent.http.Provider;
import dev.rotor.agent.http.Provider.Reply;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;

/** A fault inside the engine never breaks a request, and never repeats one. */
class Apache4FaultTest {

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
    HttpGet get = new HttpGet(uri);
    get.setHeader("Authorization", "Bearer rotor");
    try (PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        CloseableHttpClient client = Woven4.client(rotor, pool).disableAutomaticRetries().build()) {
      return client.execute(
          get,
          response ->
              response.getStatusLine().getStatusCode()
                  + " "
                  + EntityUtils.toString(response.getEntity()));
    }
  }
}
