package dev.rotor.runtime.state;

import java.util.Locale;

/** What a line counts. */
public enum Measure {
  REQUESTS,
  TOKENS,
  /** In millionths of the currency. */
  MONEY;

  /** As it stands in files and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  long of(long requests, long tokens, long money) {
    return switch (this) {
      case REQUESTS -> requests;
      case TOKENS -> tokens;
      case MONEY -> money;
    };
  }
}
