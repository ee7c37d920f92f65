package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncClientFaultTest implements FaultContract {

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
    CloseableHttpAsyncClient client =
        HttpAsyncClientBuilder.create()
            .disableAutomaticRetries()
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
      return response.getCode() + " " + response.getBodyText();
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}
