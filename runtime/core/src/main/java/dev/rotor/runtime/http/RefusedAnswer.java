package dev.rotor.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer of Rotor's own at a host site where no attempt was made: a 429 in the form that OpenAI
 * and its followers use, with {@code Retry-After}, and {@code x-should-retry: false} for the
 * clients that heed it.
 */
public record RefusedAnswer(String message, long retryAfterSeconds) {

  public static final int STATUS = 429;

  static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

  public Map<String, String> headers() {
    return Map.of(
        "content-type",
        "application/json",
        "retry-after",
        Long.toString(retryAfterSeconds),
        "x-should-retry",
        "false",
        "content-length",
        Integer.toString(body().length));
  }

  /** UTF-8 JSON. */
  public byte[] body() {
    StringBuilder text = new StringBuilder("{\"error\":{\"message\":\"");
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ') {
        text.append(c);
      }
    }
    return text.append("\",\"type\":\"rotor\",\"code\":\"rate_limit_exceeded\"}}")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
