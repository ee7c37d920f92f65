package dev.rotor.agent.http.apache4;

import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;

/** Responses that do something of ours when the application closes them. */
final class Responses {

  private Responses() {}

  static CloseableHttpResponse closedBy(HttpResponse response, Closeable close) {
    return (CloseableHttpResponse)
        Proxy.newProxyInstance(
            Responses.class.getClassLoader(),
            new Class<?>[] {CloseableHttpResponse.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> response.toString();
                };
              }
              if (method.getName().equals("close")) {
                close.close();
                return null;
              }
              try {
                return method.invoke(response, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
              }
            });
  }
}
