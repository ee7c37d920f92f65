package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.PoolContract;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

class Apache5PoolTest implements PoolContract {

  @Override
  public OneConnection client(Rotor rotor) {
    return new Client(rotor);
  }

  private static final class Client implements OneConnection {

    private final PoolingHttpClientConnectionManager pool =
        new PoolingHttpClientConnectionManager();
    private final CloseableHttpClient client;

    Client(Rotor rotor) {
      client =
          Woven5.client(rotor, pool)
              .disableAutomaticRetries()
              .setDefaultRequestConfig(
                  RequestConfig.custom()
                      .setConnectionRequestTimeout(Timeout.ofMilliseconds(1))
                      .build())
              .build();
    }

    @Override
    public String send(URI uri) throws Exception {
      HttpGet get = new HttpGet(uri);
      get.setHeader("Authorization", "Bearer rotor");
      return client.execute(
          get, response -> response.getCode() + " " + EntityUtils.toString(response.getEntity()));
    }

    @Override
    public String sendInVain(URI uri) throws Exception {
      HttpRoute elsewhere = new HttpRoute(new HttpHost("elsewhere.example", 80));
      Timeout patience = Timeout.ofMinutes(1);
      ConnectionEndpoint taken = pool.lease("taken", elsewhere, patience, null).get(patience);
      try {
        return send(uri);
      } finally {
        pool.release(taken, null, TimeValue.ZERO_MILLISECONDS);
      }
    }

    @Override
    public Class<? extends Exception> timeout() {
      return ConnectionRequestTimeoutException.class;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
