package com.legacy.embed;

import com.legacy.ApiException;
import com.legacy.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Embeddings through {@link HttpURLConnection}. Thread-safe. */
public final class EmbeddingClient {
  private final URL url;

  /** Creates a client of the provider at this URL. */
  public EmbeddingClient(String provider) throws IOException {
    url = URI.create(provider + "/v1/embeddings").toURL();
  }

  /**
   * Waits for the embedding of a text.
   *
   * @throws ApiException if the provider refuses
   * @throws IOException if it cannot be reached
   */
  public String embed(String text) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Authorization", "Bearer " + Credentials.KEY);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    String body = "{\"model\": \"text-embedding-3-small\", \"input\": \"%s\"}".formatted(text);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    if (connection.getResponseCode() != 200) {
      InputStream error = connection.getErrorStream();
      if (error != null) {
        error.close();
      }
      throw new ApiException("embedding", connection.getResponseCode());
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
