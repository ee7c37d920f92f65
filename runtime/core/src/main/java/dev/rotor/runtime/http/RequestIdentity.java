package dev.rotor.runtime.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * What makes two requests of one call the same. Of a body only length and hash are kept: within one
 * call that is enough.
 */
record RequestIdentity(String method, URI uri, int length, int hash) {

  private static final int MOST_READ = 1024 * 1024;

  static RequestIdentity of(Request request) {
    byte[] body = request.body(MOST_READ);
    return new RequestIdentity(
        request.method().toUpperCase(Locale.ROOT),
        request.uri(),
        body == null ? -1 : body.length,
        Arrays.hashCode(body));
  }
}
