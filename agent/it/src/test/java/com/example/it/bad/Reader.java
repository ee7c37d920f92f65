package com.example.it.bad;

import com.example.it.http.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends what a line says and reads the answer as a stream, keeping none of it. */
public final class Reader {

  private final HttpClient jdk = HttpClient.newHttpClient();
  private final OkHttpClient okHttp = new OkHttpClient();

  private Reader() {}

  public static void main(String[] arguments) throws IOException {
    Reader reader = new Reader();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready=yes");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(reader.answer(Words.parse(line)));
    }
    // OkHttp's threads would keep it alive for a minute
    System.exit(0);
  }

  private Words answer(Words words) {
    long start = System.nanoTime();
    Words answer;
    try {
      answer = send(words.get("client"), words.get("url"));
    } catch (Throwable thrown) {
      answer = new Words().with("failure", thrown);
    }
    return answer.with("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private Words send(String client, String url) throws Exception {
    if (client.equals("okhttp")) {
      try (Response response = okHttp.newCall(new Request.Builder().url(url).build()).execute()) {
        return read(response.code(), response.body().byteStream());
      }
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpResponse<InputStream> response =
        client.equals("jdk")
            ? jdk.send(request, BodyHandlers.ofInputStream())
            : jdk.sendAsync(request, BodyHandlers.ofInputStream()).get(60, TimeUnit.SECONDS);
    return read(response.statusCode(), response.body());
  }

  private static Words read(int status, InputStream body) throws IOException {
    CRC32 sum = new CRC32();
    long length = 0;
    byte[] part = new byte[8192];
    try (body) {
      for (int n = body.read(part); n >= 0; n = body.read(part)) {
        sum.update(part, 0, n);
        length += n;
      }
    }
    return new Words().with("status", status).with("length", length).with("sum", sum.getValue());
  }
}
