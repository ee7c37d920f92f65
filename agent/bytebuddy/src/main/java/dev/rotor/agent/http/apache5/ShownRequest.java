package dev.rotor.agent.http.apache5;

import dev.rotor.agent.http.Addresses;
import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * A request of the client's as the engine sees it.
 *
 * @param uri where its connection leads, with the path
 */
record ShownRequest(ClassicHttpRequest request, URI uri) implements Request {

  /**
   * Shows a request.
   *
   * @param origin where its connection leads
   * @return null: its address is none that the engine could read
   */
  static @Nullable ShownRequest of(ClassicHttpRequest request, URI origin) {
    String path = request.getPath();
    try {
      return new ShownRequest(request, URI.create(origin + (path == null ? "/" : path)));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** The client makes its {@code Host} of the authority, which may be another than the route's. */
  @Override
  public @Nullable String first(String name) {
    Header header = request.getFirstHeader(name);
    if (header != null) {
      return header.getValue();
    }
    URIAuthority authority =
        name.equalsIgnoreCase(HttpHeaders.HOST) ? request.getAuthority() : null;
    return authority == null ? null : authority.toString();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public boolean isReplayable() {
    HttpEntity entity = request.getEntity();
    return entity == null || entity.isRepeatable();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    HttpEntity entity = request.getEntity();
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

  /** A copy that is sent elsewhere, through a proxy perhaps. */
  ClassicHttpRequest towards(URI target, boolean throughProxy) {
    BasicClassicHttpRequest copy = copy();
    if (!target.equals(uri)) {
      copy.setScheme(target.getScheme());
      URIAuthority authority = new URIAuthority(Addresses.host(target), target.getPort());
      copy.setAuthority(authority);
      copy.setPath(path(target));
      if (copy.containsHeader(HttpHeaders.HOST)) {
        copy.setHeader(HttpHeaders.HOST, authority.toString());
      }
    }
    copy.setAbsoluteRequestUri(throughProxy);
    return copy;
  }

  /** A copy with what an attempt changes, for the address that it is about to leave to. */
  ClassicHttpRequest edited(RequestEdit edit) {
    BasicClassicHttpRequest copy = copy();
    if (!edit.uri().equals(uri)) {
      copy.setPath(path(edit.uri()));
    }
    copy.setAbsoluteRequestUri(isAbsolute());
    edit.remove().forEach(copy::removeHeaders);
    edit.set().forEach(copy::setHeader);
    return copy;
  }

  /** Whether its line names the whole address, as a proxy is asked. */
  private boolean isAbsolute() {
    String line = request.getRequestUri();
    return line != null && !line.equals(request.getPath());
  }

  private BasicClassicHttpRequest copy() {
    BasicClassicHttpRequest copy =
        new BasicClassicHttpRequest(
            request.getMethod(), request.getScheme(), request.getAuthority(), request.getPath());
    copy.setVersion(request.getVersion());
    copy.setHeaders(request.getHeaders());
    copy.setEntity(request.getEntity());
    return copy;
  }

  private static String path(URI address) {
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
  }

  @Override
  public String toString() {
    return method() + " " + uri.getHost();
  }
}
