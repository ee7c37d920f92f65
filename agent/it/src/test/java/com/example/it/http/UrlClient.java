package com.example.it.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** {@code HttpURLConnection}, over HTTP or HTTPS as the address says. */
final class UrlClient implements Client {

  @Override
  public Pending start(Wanted wanted) throws IOException {
    HttpURLConnection connection = open(wanted);
    return OwnThread.start(() -> send(wanted, connection), connection::disconnect);
  }

  @Override
  public Answer send(Wanted wanted) throws IOException {
    return send(wanted, open(wanted));
  }

  private static HttpURLConnection open(Wanted wanted) throws IOException {
    return (HttpURLConnection) URI.create(wanted.url()).toURL().openConnection(wanted.proxy());
  }

  private static Answer send(Wanted wanted, HttpURLConnection connection) throws IOException {
    connection.setRequestMethod(wanted.method());
    connection.setReadTimeout((int) wanted.timeout().toMillis());
    wanted
        .headers()
        .forEach(it -> connection.addRequestProperty(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      write(wanted, connection);
    }
    Stopwatch watch = new Stopwatch();
    int status = connection.getResponseCode();
    Payload body;
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      if (wanted.isReadAsLines()) {
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
            .lines()
            .forEach(watch::line);
        body = watch.payload();
      } else {
        body = Payload.of(in == null ? new byte[0] : in.readAllBytes());
      }
    }
    String shown = connection.getURL() + " " + connection;
    return new Answer(status, connection.getHeaderFields(), body, shown, watch.timing());
  }

  private static void write(Wanted wanted, HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    if (wanted.bodyKind().equals("fixed")) {
      connection.setFixedLengthStreamingMode(wanted.body().length());
    } else if (wanted.isOneShot()) {
      connection.setChunkedStreamingMode(1000);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(wanted.body().content());
    }
  }
}
