package dev.rotor.agent.http.apache4;

import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.message.BasicRequestLine;
import org.jspecify.annotations.Nullable;

/**
 * A request of the client's as the engine sees it.
 *
 * @param uri where its connection leads, with the path
 */
record ShownRequest(HttpRequestWrapper request, URI uri) implements Request {

  private static final String HOST = "Host";

  /**
   * Shows a request.
   *
   * @param origin where its connection leads
   * @return null: its address is none that the engine could read
   */
  static @Nullable ShownRequest of(HttpRequestWrapper request, URI origin) {
    try {
      URI line = URI.create(request.getRequestLine().getUri());
      return new ShownRequest(request, URI.create(origin + path(line)));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  @Override
  public @Nullable String first(String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  private @Nullable HttpEntity entity() {
    return request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
  }

  @Override
  public boolean isReplayable() {
    HttpEntity entity = entity();
    return entity == null || entity.isRepeatable();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    HttpEntity entity = entity();
    if (entity == null
        || !entity.isRepeatable()
        || entity.getContentLength() < 0
        || entity.getContentLength() > limit) {
      return null;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream((int) entity.getContentLength());
    try {
      entity.writeTo(content);
    } catch (IOException unreadable) {
      return null;
    }
    return content.toByteArray();
  }

  /**
   * The request of one attempt. The client asks a wrapper for its original to see which headers
   * stay when it authenticates, so the original has the key, too.
   *
   * @param throughProxy whether its line names the whole address
   * @param host the {@code Host} of another base URL; null: as it is
   */
  HttpRequestWrapper edited(RequestEdit edit, boolean throughProxy, @Nullable HttpHost host) {
    RequestLine own = request.getRequestLine();
    String line =
        edit.uri().equals(uri)
            ? own.getUri()
            : throughProxy ? edit.uri().toString() : path(edit.uri());
    HttpRequest copy = copy(new BasicRequestLine(own.getMethod(), line, own.getProtocolVersion()));
    copy.setHeaders(request.getAllHeaders());
    edit.remove().forEach(copy::removeHeaders);
    edit.set().forEach(copy::setHeader);
    if (host != null) {
      copy.setHeader(HOST, host.toHostString());
    }
    return HttpRequestWrapper.wrap(copy);
  }

  private HttpRequest copy(RequestLine line) {
    if (!(request instanceof HttpEntityEnclosingRequest enclosing)) {
      return new BasicHttpRequest(line);
    }
    BasicHttpEntityEnclosingRequest copy = new BasicHttpEntityEnclosingRequest(line);
    copy.setEntity(enclosing.getEntity());
    return copy;
  }

  private static String path(URI address) {
    String path = address.getRawPath();
    path = path == null || path.isEmpty() ? "/" : path;
    return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
  }

  @Override
  public String toString() {
    return method() + " " + uri.getHost();
  }
}
