package dev.rotor.samples.stub;

/** How a secret is shown to people. */
final class Mask {
  private static final int SHOWN = 3;
  private static final int SHORTEST_SHOWN = 10;

  private Mask() {}

  /**
   * The first and last three characters; of a short secret none, since they would be most of it.
   */
  static String of(String secret) {
    if (secret.length() < SHORTEST_SHOWN) {
      return "…";
    }
    return secret.substring(0, SHOWN) + "…" + secret.substring(secret.length() - SHOWN);
  }
}
