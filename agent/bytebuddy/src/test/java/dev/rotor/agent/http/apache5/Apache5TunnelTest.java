package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.TunnelContract;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;

class Apache5TunnelTest implements TunnelContract {

  @Override
  public String send(Rotor rotor, int proxyPort, URI uri) throws IOException {
    HttpHost proxy = new HttpHost("127.0.0.1", proxyPort);
    HttpGet get = new HttpGet(uri);
    get.setHeader("Authorization", "Bearer rotor");
    try (PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        CloseableHttpClient client =
            Woven5.client(rotor, pool)
                .disableAutomaticRetries()
                .setRoutePlanner(
                    (target, context) ->
                        new HttpRoute(
                            target, null, proxy, false, TunnelType.TUNNELLED, LayerType.PLAIN))
                .build()) {
      return client.execute(
          get,
          response ->
              response.getCode()
                  + " "
                  + (response.getEntity() == null
                      ? ""
                      : EntityUtils.toString(response.getEntity())));
    }
  }
}
