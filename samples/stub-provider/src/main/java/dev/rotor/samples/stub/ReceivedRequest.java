package dev.rotor.samples.stub;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the stub provider received. It is a live view: {@link #status} and {@link
 * #aborted} change while the request is being answered. Thread-safe.
 */
public final class ReceivedRequest {
  private final long number;
  private final String key;
  private final HttpRequest request;
  private volatile int status;
  private volatile boolean aborted;
  private volatile @Nullable Instant limitedAt;

  ReceivedRequest(long number, String key, HttpRequest request) {
    this.number = number;
    this.key = key;
    this.request = request;
  }

  /** Which request it was since the start or the last reset; the first is 1. */
  public long number() {
    return number;
  }

  /** The key's name; an unknown secret, masked; {@code none} when there was no credential. */
  public String key() {
    return key;
  }

  /** The HTTP method. */
  public String method() {
    return request.method();
  }

  /** The path, without the query. */
  public String path() {
    return request.path();
  }

  /** What followed the question mark, as sent; else empty. */
  public String query() {
    return request.query();
  }

  /** All headers; looked up without regard to case. May hold secrets. */
  public Map<String, List<String>> headers() {
    return request.headers();
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return request.header(name);
  }

  /** The body's bytes. */
  public byte[] body() {
    return request.body().clone();
  }

  /** The body as UTF-8. */
  public String text() {
    return request.text();
  }

  /** The status that was answered; 0: none yet, or the connection was reset instead. */
  public int status() {
    return status;
  }

  /** Whether the client left before the answer was complete. */
  public boolean aborted() {
    return aborted;
  }

  /** When it counted for its key's limits, or was refused for them; null: neither. */
  public @Nullable Instant limitedAt() {
    return limitedAt;
  }

  HttpRequest request() {
    return request;
  }

  void answered(int newStatus) {
    status = newStatus;
  }

  void limitedAt(Instant now) {
    limitedAt = now;
  }

  void abandoned() {
    aborted = true;
  }

  @Override
  public String toString() {
    return "#%d %s %s as %s: %s%s"
        .formatted(
            number,
            method(),
            path(),
            key,
            status == 0 ? "unanswered" : status,
            aborted ? ", aborted" : "");
  }
}
