package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.TunnelContract;
import dev.rotor.runtime.Rotor;
import java.io.IOException;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.routing.RouteInfo.LayerType;
import org.apache.http.conn.routing.RouteInfo.TunnelType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;

class Apache4TunnelTest implements TunnelContract {

  @Override
  public String send(Rotor rotor, int proxyPort, URI uri) throws IOException {
    HttpHost proxy = new HttpHost("127.0.0.1", proxyPort);
    HttpGet get = new HttpGet(uri);
    get.setHeader("Authorization", "Bearer rotor");
    try (PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
        CloseableHttpClient client =
            Woven4.client(rotor, pool)
                .disableAutomaticRetries()
                .setRoutePlanner(
                    (target, request, context) ->
                        new HttpRoute(
                            target, null, proxy, false, TunnelType.TUNNELLED, LayerType.PLAIN))
                .build();
        CloseableHttpResponse response = client.execute(get)) {
      String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
      return response.getStatusLine().getStatusCode() + " " + body;
    }
  }
}
