package com.example.it.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;

/** A request that a client is to send, in no client's own form. */
public record Wanted(
    String method,
    String url,
    List<String> headers,
    Payload body,
    String bodyKind,
    Duration timeout,
    String read,
    Proxy proxy,
    Setup setup) {

  static Wanted of(Words words) {
    return new Wanted(
        words.get("method", "GET"),
        words.get("url"),
        words.all("header"),
        body(words),
        words.get("body-kind", "memory"),
        Duration.ofMillis(words.number("timeout", 30_000)),
        words.get("read", "bytes"),
        proxy(words.number("proxy", 0)),
        Setup.of(words));
  }

  private static Proxy proxy(int port) {
    return port == 0
        ? Proxy.NO_PROXY
        : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static Payload body(Words words) {
    String text = words.get("text");
    if (text != null) {
      return Payload.of(text);
    }
    int length = words.number("length", -1);
    return length < 0 ? null : Payload.of(Payload.bytes(length));
  }

  public boolean hasBody() {
    return body != null;
  }

  /** Whether the body can be had only once. */
  public boolean isOneShot() {
    return !bodyKind.equals("memory");
  }

  boolean isReadAsLines() {
    return read.equals("lines");
  }

  public static String name(String header) {
    return header.substring(0, header.indexOf(':'));
  }

  public static String value(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }
}
