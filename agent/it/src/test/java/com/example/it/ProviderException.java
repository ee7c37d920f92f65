package com.example.it;

/**
 * How this application's client tells that the provider refused, as clients do; the wait that it
 * tells is so short that no scenario's keys still rest in the next one.
 */
public class ProviderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public ProviderException(int status) {
    super("HTTP " + status + ": please try again in 0.001ms");
    this.status = status;
  }

  public int statusCode() {
    return status;
  }
}
