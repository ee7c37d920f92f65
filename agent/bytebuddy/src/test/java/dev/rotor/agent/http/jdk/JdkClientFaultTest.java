package dev.rotor.agent.http.jdk;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

class JdkClientFaultTest implements FaultContract {

  @Override
  public String send(Rotor rotor, URI uri) throws Throwable {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer rotor").build();
    HttpResponse<?> response =
        throughAdapter(rotor, client, request) instanceof HttpResponse<?> answer
            ? answer
            : client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  /**
   * What the adapter throws is a fault of ours, and lets the client go on, as behind the bridge.
   */
  private static @Nullable Object throughAdapter(
      Rotor rotor, HttpClient client, HttpRequest request) throws ReflectiveOperationException {
    var send =
        MethodHandles.lookup()
            .findVirtual(
                HttpClient.class,
                "send",
                MethodType.methodType(HttpResponse.class, HttpRequest.class, BodyHandler.class));
    try {
      @Nullable Object[] result =
          new JdkClientAdapter(rotor.exchanges())
              .send(send, client, new Object[] {request, BodyHandlers.ofString()});
      return result == null ? null : result[0];
    } catch (Throwable fault) {
      return null;
    }
  }
}
