package dev.rotor.runtime.http;

import org.jspecify.annotations.Nullable;

/** The messages of an exception and its causes, which may hold what the provider wrote. */
final class FailureText {
  /** Causes looked at; also the end of a circle of causes. */
  static final int DEEPEST = 16;

  private static final int LONGEST = 8192;

  private FailureText() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (@Nullable Throwable at = failure;
        at != null && depth < DEEPEST && text.length() < LONGEST;
        at = at.getCause(), depth++) {
      String message = at.getMessage();
      // A wrapper's message often repeats its cause's.
      if (message != null && text.indexOf(message) < 0) {
        text.append(message, 0, Math.min(message.length(), LONGEST)).append('\n');
      }
    }
    return text.toString();
  }
}
