package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.PoolContract;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;

class Apache4PoolTest implements PoolContract {

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
          Woven4.client(rotor, pool)
              .disableAutomaticRetries()
              .setDefaultRequestConfig(
                  RequestConfig.custom().setConnectionRequestTimeout(1).build())
              .build();
    }

    @Override
    public String send(URI uri) throws Exception {
      HttpGet get = new HttpGet(uri);
      get.setHeader("Authorization", "Bearer rotor");
      return client.execute(
          get,
          response ->
              response.getStatusLine().getStatusCode()
                  + " "
                  + EntityUtils.toString(response.getEntity()));
    }

    @Override
    public String sendInVain(URI uri) throws Exception {
      HttpClientConnection taken =
          pool.requestConnection(new HttpRoute(new HttpHost("elsewhere.example", 80)), null)
              .get(1, TimeUnit.MINUTES);
      try {
        return send(uri);
      } finally {
        pool.releaseConnection(taken, null, 0, TimeUnit.SECONDS);
      }
    }

    @Override
    public Class<? extends Exception> timeout() {
      return ConnectionPoolTimeoutException.class;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }
}
