package dev.rotor.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answer of Rotor's own at a host site where no attempt was made: a 429 in the form that OpenAI
 * and its followers use, with {@code Retry-After}, and {@code x-should-retry: false} for the
 * clients that heed it.
 *
 * @param more headers beside these
 */
public record RefusedAnswer(String message, long retryAfterSeconds, Map<String, String> more) {

  public static final int STATUS = 429;

  static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

  public RefusedAnswer {
    more = Map.copyOf(more);
  }

  RefusedAnswer(String message, long retryAfterSeconds) {
    this(message, retryAfterSeconds, Map.of());
  }

  public Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(more);
    headers.put("content-type", "application/json");
    headers.put("retry-after", Long.toString(retryAfterSeconds));
    headers.put("x-should-retry", "false");
    headers.put("content-length", Integer.toString(body().length));
    return headers;
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
