package com.example.it.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A request that a client is to send, in no client's own form. */
record Wanted(
    String method,
    String url,
    List<String> headers,
    byte[] body,
    String bodyKind,
    Duration timeout,
    String read) {

  static Wanted of(Words words) {
    return new Wanted(
        words.get("method", "GET"),
        words.get("url"),
        words.all("header"),
        body(words),
        words.get("body-kind", "memory"),
        Duration.ofMillis(words.number("timeout", 30_000)),
        words.get("read", "bytes"));
  }

  private static byte[] body(Words words) {
    String text = words.get("text");
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    int length = words.number("length", -1);
    return length < 0 ? null : Payload.bytes(length);
  }

  boolean hasBody() {
    return body != null;
  }

  /** Whether the body can be had only once. */
  boolean isOneShot() {
    return !bodyKind.equals("memory");
  }

  boolean isReadAsLines() {
    return read.equals("lines");
  }

  static String name(String header) {
    return header.substring(0, header.indexOf(':'));
  }

  static String value(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }
}
