package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;

class Apache4FaultTest implements FaultContract {

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
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
