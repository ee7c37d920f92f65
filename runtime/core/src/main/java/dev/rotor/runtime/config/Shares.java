package dev.rotor.runtime.config;

/** Shares as they are written in the configuration file: {@code 20%}. */
public final class Shares {
  private Shares() {}

  /**
   * Reads a percentage as a number from 0 to 1; {@code 20%} is 0.2. Decimals are allowed.
   *
   * @throws IllegalArgumentException when it is none, or out of range; the message quotes the text
   */
  public static double parse(String text) {
    if (text.endsWith("%")) {
      String number = text.substring(0, text.length() - 1).trim();
      if (isDecimal(number)) {
        double percent = Double.parseDouble(number);
        if (percent < 0 || percent > 100) {
          throw new MalformedTextException(text, "is out of range; a share is from `0%` to `100%`");
        }
        return percent / 100;
      }
    }
    throw new MalformedTextException(text, "is not a share; write a percentage, such as `20%`");
  }

  /** Digits with at most one point and a sign: no exponents, no {@code NaN}. */
  static boolean isDecimal(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int points = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return text.length() - start > points && points <= 1;
  }
}
