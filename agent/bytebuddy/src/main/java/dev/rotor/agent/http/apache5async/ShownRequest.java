package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.Addresses;
import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.net.URI;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.support.BasicRequestBuilder;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * A request as the engine sees it.
 *
 * @param uri where its connection leads; what it names itself shows as its {@code Host}
 */
record ShownRequest(HttpRequest request, @Nullable AsyncEntityProducer producer, URI uri)
    implements Request {

  private static final String HOST = "Host";

  /** Null: its address is none that the engine could read. */
  static @Nullable ShownRequest of(
      HttpRequest request, @Nullable AsyncEntityProducer producer, HttpHost target) {
    String path = request.getPath();
    try {
      URI uri =
          URI.create(
              target.getSchemeName()
                  + "://"
                  + authority(target.getSchemeName(), target)
                  + (path == null || !path.startsWith("/") ? "/" : path));
      return new ShownRequest(request, producer, uri);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** The address of a host; null: none that the engine could read. */
  static @Nullable URI origin(HttpHost target) {
    try {
      return URI.create(target.getSchemeName() + "://" + authority(target.getSchemeName(), target));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** A host's name as addresses have it. */
  static String host(NamedEndpoint endpoint) {
    return Addresses.bracketed(endpoint.getHostName());
  }

  private static String authority(String scheme, NamedEndpoint endpoint) {
    return Addresses.authority(scheme, endpoint.getHostName(), endpoint.getPort());
  }

  @Override
  public @Nullable String first(String name) {
    Header header = request.getFirstHeader(name);
    return header == null && HOST.equalsIgnoreCase(name) ? named() : value(header);
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  /** Whom the request names; null: no other than its connection leads to. */
  private @Nullable String named() {
    URIAuthority authority = request.getAuthority();
    if (authority == null) {
      return null;
    }
    String named = authority(uri.getScheme(), authority);
    return named.equalsIgnoreCase(uri.getRawAuthority()) ? null : named;
  }

  /** The address of whom it names: its {@link #uri}, if that is nobody else. */
  URI addressee() {
    String host = first(HOST);
    return host == null ? uri : URI.create(uri.getScheme() + "://" + host.strip());
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public boolean isReplayable() {
    return producer == null || producer.isRepeatable();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    return producer == null ? null : CollectedBody.of(producer, limit);
  }

  /** A copy that leads to another address, through a proxy perhaps; no credential is in it. */
  HttpRequest towards(URI target, boolean throughProxy) {
    BasicHttpRequest copy = BasicRequestBuilder.copy(request).build();
    copy.setAbsoluteRequestUri(throughProxy);
    if (!target.equals(uri)) {
      copy.setUri(target);
      copy.removeHeaders(HOST);
    }
    return copy;
  }

  /** A copy with the credential in it. */
  HttpRequest edited(RequestEdit edit) {
    BasicHttpRequest copy = BasicRequestBuilder.copy(request).build();
    copy.setAbsoluteRequestUri(isAbsolute());
    if (!edit.uri().equals(uri)) {
      String query = edit.uri().getRawQuery();
      copy.setPath(edit.uri().getRawPath() + (query == null ? "" : "?" + query));
    }
    edit.remove().forEach(copy::removeHeaders);
    edit.set()
        .forEach(
            (name, value) -> {
              copy.removeHeaders(name);
              copy.addHeader(name, value);
            });
    return copy;
  }

  /** Whether its line names the whole address, as a proxy is asked. */
  private boolean isAbsolute() {
    String line = request.getRequestUri();
    return line != null && !line.equals(request.getPath());
  }

  @Override
  public String toString() {
    return method() + " " + uri.getHost();
  }
}
