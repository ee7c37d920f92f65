package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.http.FaultContract;
import dev.rotor.runtime.Rotor;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

class UrlConnectionFaultTest implements FaultContract {

  @Override
  public String send(Rotor rotor, URI uri) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection)
            Objects.requireNonNull(
                new UrlConnectionAdapter(rotor.exchanges())
                    .adapt(null, uri.toURL().openConnection()));
    connection.setRequestProperty("Authorization", "Bearer rotor");
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
