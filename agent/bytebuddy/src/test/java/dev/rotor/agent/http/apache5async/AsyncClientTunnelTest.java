package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.TunnelContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncClientTunnelTest implements TunnelContract {

  @Override
  public String send(Rotor rotor, int proxyPort, URI uri) throws Exception {
    HttpHost proxy = new HttpHost("127.0.0.1", proxyPort);
    CloseableHttpAsyncClient client =
        HttpAsyncClientBuilder.create()
            .disableAutomaticRetries()
            .setRoutePlanner(
                (target, context) ->
                    new HttpRoute(
                        target, null, proxy, false, TunnelType.TUNNELLED, LayerType.PLAIN))
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
      String body = response.getBodyText();
      return response.getCode() + " " + (body == null ? "" : body);
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}
