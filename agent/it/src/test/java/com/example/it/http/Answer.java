package com.example.it.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a client gave the application.
 *
 * @param shown the request as the response shows it, address and headers; empty: nobody looks
 * @param timing when the first and the last line came
 */
record Answer(
    int status, Map<String, List<String>> headers, Payload body, String shown, Timing timing) {

  private static final int LONGEST_TEXT = 4096;

  /** In milliseconds since the request. */
  record Timing(long firstMillis, long lastMillis) {
    static final Timing NONE = new Timing(-1, -1);
  }

  Words words() {
    Words words = new Words().with("status", status).with("shown", shown);
    headers.forEach(
        (name, values) -> {
          if (name != null) {
            values.forEach(it -> words.with("header", name.toLowerCase(Locale.ROOT) + ": " + it));
          }
        });
    words.with("length", body.length()).with("sum", Payload.sum(body.content()));
    words.with("plain-sum", Payload.sum(body.decompressed()));
    words.with("first", timing.firstMillis()).with("last", timing.lastMillis());
    if (body.length() <= LONGEST_TEXT) {
      words.with("text", body);
    }
    return words;
  }
}
