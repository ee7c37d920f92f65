package dev.rotor.samples.stub;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param headers without those that say how long the body is
 * @param events the parts of a stream, sent one by one; null: {@code body} is sent at once
 */
record Answer(int status, Map<String, String> headers, String body, @Nullable List<String> events) {

  static Answer json(int status, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    return new Answer(status, headers, body, null);
  }

  /** A stream of server-sent events, each with this data. */
  static Answer events(List<String> data) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "text/event-stream; charset=utf-8");
    headers.put("cache-control", "no-cache");
    return new Answer(200, headers, "", data.stream().map(one -> "data: " + one + "\n\n").toList());
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, events);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
