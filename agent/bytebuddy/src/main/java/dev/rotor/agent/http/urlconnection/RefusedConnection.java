package dev.rotor.agent.http.urlconnection;

import dev.rotor.runtime.http.RefusedAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rotor's own answer, as if a server had given it. */
final class RefusedConnection extends HttpURLConnection {

  private static final String STATUS_LINE = "HTTP/1.1 429 Too Many Requests";

  private final Map<@Nullable String, String> headers = new LinkedHashMap<>();
  private final InputStream body;

  RefusedConnection(URL url, RefusedAnswer answer) {
    super(url);
    connected = true;
    responseCode = RefusedAnswer.STATUS;
    responseMessage = "Too Many Requests";
    headers.put(null, STATUS_LINE);
    headers.putAll(answer.headers());
    body = new ByteArrayInputStream(answer.body());
  }

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    throw new IOException(
        "Server returned HTTP response code: " + responseCode + " for URL: " + url);
  }

  @Override
  public InputStream getErrorStream() {
    return body;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    for (var header : headers.entrySet()) {
      if (name == null ? header.getKey() == null : name.equalsIgnoreCase(header.getKey())) {
        return header.getValue();
      }
    }
    return null;
  }

  @Override
  public @Nullable String getHeaderFieldKey(int index) {
    return index < 0 || index >= headers.size() ? null : List.copyOf(names()).get(index);
  }

  private List<String> names() {
    return headers.keySet().stream().map(name -> name == null ? "" : name).toList();
  }

  @Override
  public @Nullable String getHeaderField(int index) {
    return index < 0 || index >= headers.size() ? null : List.copyOf(headers.values()).get(index);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return all;
  }
}
