package dev.rotor.agent.http.okhttp;

import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address that was read last: a program sends most of its requests to few, and making a {@code
 * URI} of one costs more than all else that is done to find a request's site.
 */
final class LastAddress {

  private record Known(HttpUrl url, URI uri) {}

  private static volatile @Nullable Known last;

  private LastAddress() {}

  /**
   * As {@link HttpUrl#uri}.
   *
   * @throws RuntimeException it is none that a {@code URI} can hold
   */
  static URI uri(HttpUrl url) {
    Known known = last;
    if (known != null && known.url.equals(url)) {
      return known.uri;
    }
    URI uri = url.uri();
    last = new Known(url, uri);
    return uri;
  }
}
