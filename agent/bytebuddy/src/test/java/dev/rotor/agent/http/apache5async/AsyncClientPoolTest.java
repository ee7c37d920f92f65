package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.PoolContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Deadline;
import org.apache.hc.core5.util.DeadlineTimeoutException;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

@org.junit.jupiter.api.Timeout(60)
class AsyncClientPoolTest implements PoolContract {

  private static final Timeout PATIENCE = Timeout.ofMilliseconds(1);

  @Override
  public OneConnection client(Rotor rotor) {
    return new Client(rotor);
  }

  private static final class Client implements OneConnection {

    private final PoolingAsyncClientConnectionManager pool =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setMaxConnTotal(1)
            .setMaxConnPerRoute(1)
            .build();
    private final CloseableHttpAsyncClient client;

    Client(Rotor rotor) {
      client =
          HttpAsyncClientBuilder.create()
              .setConnectionManager(pool)
              .disableAutomaticRetries()
              .setDefaultRequestConfig(
                  RequestConfig.custom().setConnectionRequestTimeout(PATIENCE).build())
              .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
              .build();
      client.start();
    }

    private Future<SimpleHttpResponse> begin(URI uri) {
      return client.execute(
          SimpleRequestBuilder.get(uri).setHeader("Authorization", "Bearer rotor").build(), null);
    }

    private static String end(Future<SimpleHttpResponse> sent) throws Exception {
      return sent.get().getCode() + " " + sent.get().getBodyText();
    }

    @Override
    public String send(URI uri) throws Exception {
      return end(begin(uri));
    }

    @Override
    public String sendInVain(URI uri) throws Exception {
      HttpRoute elsewhere = new HttpRoute(new HttpHost("elsewhere.example", 80));
      AsyncConnectionEndpoint taken =
          pool.lease("taken", elsewhere, null, Timeout.ofMinutes(1), null).get();
      Future<SimpleHttpResponse> sent = begin(uri);
      Deadline late = Deadline.calculate(PATIENCE);
      while (!late.isExpired()) {
        Thread.onSpinWait();
      }
      // this pool looks at who has waited too long only when something happens to it
      pool.release(taken, null, TimeValue.ZERO_MILLISECONDS);
      return end(sent);
    }

    @Override
    public Class<? extends Exception> timeout() {
      return DeadlineTimeoutException.class;
    }

    @Override
    public void close() {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}
