package dev.rotor.agent.http.okhttp;

import java.io.IOException;
import okhttp3.Interceptor.Chain;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The way of a changed request past everything between the last interceptor and the codec, which
 * run on one thread.
 */
final class Leaving {

  private record Change(Request shown, Request sent) {}

  private static final ThreadLocal<@Nullable Change> CHANGE = new ThreadLocal<>();

  private Leaving() {}

  /** Goes on with {@code shown}, of which {@code sent} is what the network sees. */
  static Response proceed(Chain chain, Request shown, Request sent) throws IOException {
    if (sent == shown) {
      return chain.proceed(shown);
    }
    CHANGE.set(new Change(shown, sent));
    try {
      return chain.proceed(shown);
    } finally {
      CHANGE.remove();
    }
  }

  /** What a codec is to write in place of this request. */
  static Request sent(Request shown) {
    Change known = CHANGE.get();
    return known != null && known.shown == shown ? known.sent : shown;
  }
}
