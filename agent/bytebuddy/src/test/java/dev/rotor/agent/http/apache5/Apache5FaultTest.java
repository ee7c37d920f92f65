package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;

class Apache5FaultTest implements FaultContract {

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
    HttpGet get = new HttpGet(uri);
    get.setHeader("Authorization", "Bearer rotor");
    try (PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        CloseableHttpClient client = Woven5.client(rotor, pool).disableAutomaticRetries().build()) {
      return client.execute(
          get, response -> response.getCode() + " " + EntityUtils.toString(response.getEntity()));
    }
  }
}
