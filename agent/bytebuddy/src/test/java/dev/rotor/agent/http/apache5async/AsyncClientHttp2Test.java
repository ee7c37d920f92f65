package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.runtime.Rotor;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncClientHttp2Test {

  private H2Provider provider;
  private Rotor rotor;

  @SuppressWarnings("NullAway") // set before each test
  AsyncClientHttp2Test() {}

  @BeforeEach
  void start() throws Exception {
    provider = new H2Provider();
    rotor = Engines.of(provider.port(), new FakeTime(), "profile: generic-bearer");
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private void rotates(CloseableHttpAsyncClient client) throws Exception {
    client.start();
    try {
      HttpClientContext context = HttpClientContext.create();
      SimpleHttpResponse response =
          client
              .execute(
                  SimpleRequestBuilder.post(provider.uri("/v1/chat"))
                      .setHeader("Authorization", "Bearer rotor")
                      .setBody("hello", ContentType.TEXT_PLAIN)
                      .build(),
                  context,
                  null)
              .get();

      assertThat(response.getBodyText()).isEqualTo("fine");
      assertThat(provider.received())
          .containsExactly(
              "HTTP/2.0 Bearer " + Engines.FIRST + " hello",
              "HTTP/2.0 Bearer " + Engines.SECOND + " hello");
      assertThat(context.getRequest().getFirstHeader("Authorization").getValue())
          .isEqualTo("Bearer rotor");
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  @Test
  void aClientThatNegotiatesRotates() throws Exception {
    rotates(
        HttpAsyncClientBuilder.create()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(1)
                    .setDefaultTlsConfig(
                        TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2).build())
                    .build())
            .disableAutomaticRetries()
            .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
            .build());
  }

  @Test
  void aClientOfHttp2AloneRotates() throws Exception {
    rotates(
        H2AsyncClientBuilder.create()
            .disableAutomaticRetries()
            .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
            .build());
  }
}
