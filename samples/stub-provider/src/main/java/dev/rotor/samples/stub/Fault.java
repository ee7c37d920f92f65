package dev.rotor.samples.stub;

import java.time.Duration;

/**
 * A way to misbehave.
 *
 * @param kind the way
 * @param status the status answered, for {@link Kind#STATUS}
 * @param delay how long the answer is held back, for {@link Kind#SLOW}
 */
public record Fault(Kind kind, int status, Duration delay) {
  /** The ways to misbehave. */
  public enum Kind {
    /** A server error instead of an answer; the key's limits are not touched. */
    STATUS,
    /** The connection is reset before an answer. */
    RESET,
    /** The head and half the body of the answer, then a reset. */
    CUT,
    /** The usual answer, later. */
    SLOW,
    /** The usual answer, with limit headers that mean nothing. */
    GARBAGE_HEADERS
  }

  /** An answer with this status and OpenAI's body for a server error. */
  public static Fault status(int status) {
    return new Fault(Kind.STATUS, status, Duration.ZERO);
  }

  /** A reset before the answer. */
  public static Fault reset() {
    return new Fault(Kind.RESET, 0, Duration.ZERO);
  }

  /** A reset in the middle of the answer. */
  public static Fault cut() {
    return new Fault(Kind.CUT, 0, Duration.ZERO);
  }

  /** The usual answer after a delay. */
  public static Fault slow(Duration delay) {
    return new Fault(Kind.SLOW, 0, delay);
  }

  /** The usual answer with garbage in its limit headers. */
  public static Fault garbageHeaders() {
    return new Fault(Kind.GARBAGE_HEADERS, 0, Duration.ZERO);
  }

  /** Reads {@code 503}, {@code reset}, {@code cut}, {@code slow} and {@code garbage}. */
  static Fault parse(String name, Duration delay) {
    return switch (name) {
      case "reset" -> reset();
      case "cut" -> cut();
      case "slow" -> slow(delay);
      case "garbage" -> garbageHeaders();
      default -> {
        if (!name.matches("[45]\\d\\d")) {
          throw new IllegalArgumentException(
              "unknown fault '" + name + "'; there are 4xx and 5xx, reset, cut, slow, garbage");
        }
        yield status(Integer.parseInt(name));
      }
    };
  }
}
