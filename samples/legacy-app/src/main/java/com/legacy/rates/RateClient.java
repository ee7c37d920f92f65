package com.legacy.rates;

import com.legacy.ApiException;
import com.legacy.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Exchange rates, from the same provider. Thread-safe. */
public final class RateClient {
  private final String provider;

  /** Creates a client of the provider at this URL. */
  public RateClient(String provider) {
    this.provider = provider;
  }

  /**
   * Waits for the rate of a currency.
   *
   * @throws ApiException if the provider refuses
   * @throws IOException if it cannot be reached
   */
  public String fetch(String currency) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(provider + "/rates/" + currency).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + Credentials.KEY);
    int status = connection.getResponseCode();
    if (status != 200) {
      throw new ApiException("rate of " + currency, status);
    }
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
