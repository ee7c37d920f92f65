package dev.rotor.runtime.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as an adapter would show it. */
record FakeRequest(
    String method, URI uri, Map<String, String> headers, boolean isReplayable, String text)
    implements Request {

  FakeRequest {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  static FakeRequest get(String uri) {
    return new FakeRequest("GET", URI.create(uri), Map.of(), true, "");
  }

  static FakeRequest post(String uri, String body) {
    return new FakeRequest("POST", URI.create(uri), Map.of(), true, body);
  }

  FakeRequest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new FakeRequest(method, uri, more, isReplayable, text);
  }

  FakeRequest once() {
    return new FakeRequest(method, uri, headers, false, text);
  }

  @Override
  public @Nullable String first(String name) {
    return headers.get(name);
  }

  @Override
  public byte @Nullable [] body(int limit) {
    byte[] body = Providers.body(text);
    return body.length > limit ? null : body;
  }
}
