package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code HttpURLConnection}, which has no client. */
final class UrlDriver implements Driver<Setup> {

  UrlDriver(String way) {}

  @Override
  public Setup client(Setup setup) {
    return setup;
  }

  @Override
  public Opened open(Setup setup, Wanted wanted, Abort abort) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(wanted.url()).toURL().openConnection();
    abort.by(connection::disconnect);
    connection.setRequestMethod(wanted.method());
    connection.setReadTimeout((int) wanted.timeout().toMillis());
    wanted
        .headers()
        .forEach(it -> connection.addRequestProperty(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      write(wanted, connection);
    }
    int status = connection.getResponseCode();
    InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    Map<String, java.util.List<String>> headers =
        connection.getHeaderFields().entrySet().stream()
            .filter(it -> it.getKey() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Opened(status, headers, body, Opened.closing(body));
  }

  private static void write(Wanted wanted, HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    if (wanted.isOneShot()) {
      connection.setChunkedStreamingMode(1000);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(wanted.body().content());
    }
  }
}
