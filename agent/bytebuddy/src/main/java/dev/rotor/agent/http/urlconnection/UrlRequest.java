package dev.rotor.agent.http.urlconnection;

import dev.rotor.runtime.http.Request;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The application's request as the engine sees it. */
final class UrlRequest implements Request {

  private final RecordedRequest recorded;
  private final String method;
  private final URI uri;
  private final byte @Nullable [] content;

  /**
   * Puts a request together.
   *
   * @param content the body; null: there is none, or it is on its way
   */
  UrlRequest(RecordedRequest recorded, String method, URI uri, byte @Nullable [] content) {
    this.recorded = recorded;
    this.method = method;
    this.uri = uri;
    this.content = content;
  }

  RecordedRequest recorded() {
    return recorded;
  }

  byte @Nullable [] content() {
    return content;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public @Nullable String first(String name) {
    return recorded.first(name);
  }

  @Override
  public boolean isReplayable() {
    return content != null || !recorded.isStreamed();
  }

  @Override
  public byte @Nullable [] body(int limit) {
    byte[] whole = content;
    return whole == null || whole.length > limit ? null : whole;
  }

  @Override
  public String toString() {
    return method + " " + uri.getHost();
  }
}
