package dev.rotor.samples.stub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param headers without those that say how long the body is; with {@code content-encoding: gzip}
 *     the body is compressed
 * @param stream whose parts are sent one by one; null: {@code body} is sent at once
 */
record Answer(
    int status, Map<String, String> headers, String body, @Nullable ScriptedStream stream) {

  static Answer json(int status, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    return new Answer(status, headers, body, null);
  }

  /** A stream of server-sent events, each with this data. */
  static Answer events(List<String> data) {
    ScriptedStream stream = new ScriptedStream();
    data.forEach(stream::event);
    stream.end();
    return stream(stream);
  }

  static Answer stream(ScriptedStream stream) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "text/event-stream; charset=utf-8");
    headers.put("cache-control", "no-cache");
    return new Answer(200, headers, "", stream);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, stream);
  }

  byte[] bytes() {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return "gzip".equals(headers.get("content-encoding")) ? compressed(bytes) : bytes;
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
