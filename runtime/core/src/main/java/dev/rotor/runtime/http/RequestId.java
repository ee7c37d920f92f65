package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own id of a request, the same in each attempt: the application's, else one of
 * Rotor's, {@code req_<epoch milliseconds in base 36>_<8 hexadecimal digits>}.
 */
record RequestId(String header, String value) {

  private static final int LONGEST_PRINTED = 512;

  /** Tells ids from the idempotency keys that a call keeps for the same requests. */
  private record Of(RequestIdentity request) {}

  /** Null: the API has no header for it, or the application's id is none that can be printed. */
  static @Nullable RequestId of(
      Request request, Upstream upstream, Call call, Interception interception) {
    String header = upstream.settings().requestIdHeader();
    if (header == null) {
      return null;
    }
    String given = request.first(header);
    if (given != null && !given.isEmpty()) {
      return isPrintable(given) ? new RequestId(header, given) : null;
    }
    // the method around it may send the same request again, which is another attempt of its call
    String kept =
        call.idempotencyKey(
            () -> new Of(RequestIdentity.of(request)),
            () -> made(interception.clock().millis(), interception.random()));
    return new RequestId(header, kept);
  }

  private static String made(long millis, DoubleSupplier random) {
    long digits = Math.min((long) (random.getAsDouble() * 0x1p32), 0xFFFF_FFFFL);
    return "req_" + Long.toString(millis, 36) + "_" + HexFormat.of().toHexDigits((int) digits);
  }

  private static boolean isPrintable(String text) {
    return text.length() <= LONGEST_PRINTED && text.chars().allMatch(c -> c >= ' ' && c < 127);
  }

  /**
   * What an attempt puts into the request.
   *
   * @param request as it is about to leave, which may have got an id of the application's by now
   */
  Map<String, String> toSet(Headers request) {
    String carried = request.first(header);
    return carried != null && !carried.isEmpty() ? Map.of() : Map.of(header, value);
  }

  /** Rotor's own answer, with the id. */
  RefusedAnswer refused(String message, long retryAfterSeconds) {
    return new RefusedAnswer(message + mention(), retryAfterSeconds, Map.of(header, value));
  }

  /** As the end of a message. */
  String mention() {
    return " (request " + value + ")";
  }
}
