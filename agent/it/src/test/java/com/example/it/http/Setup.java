package com.example.it.http;

import java.time.Duration;

/**
 * How an application makes its client.
 *
 * @param late a header, as {@code name: value}, that the client's own chain sets; null: none
 * @param pool how many connections its pool may hold; 0: the client's default
 * @param retries whether it retries by itself, as it does by default
 * @param http2 whether it speaks HTTP/2 where it can
 * @param timeout for each answer
 */
public record Setup(String late, int pool, boolean retries, boolean http2, Duration timeout) {

  static Setup of(Words words) {
    return new Setup(
        words.get("late"),
        words.number("pool", 0),
        words.get("retries") != null,
        words.get("http2") != null,
        Duration.ofMillis(words.number("timeout", 30_000)));
  }

  /** Whether the client's chain sets a header. */
  public boolean isLate() {
    return late != null;
  }

  /** Name of the header that the chain sets. */
  public String lateName() {
    return Wanted.name(late);
  }

  /** Value of the header that the chain sets. */
  public String lateValue() {
    return Wanted.value(late);
  }
}
