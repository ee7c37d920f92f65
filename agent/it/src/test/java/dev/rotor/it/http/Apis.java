package dev.rotor.it.http;

/** What many scenarios' APIs are. */
final class Apis {

  private static final String BEARER = "profile: generic-bearer\nbase-url: <url>/v1\n";

  static final String ALPHA_KEY = "{name: alpha, secret: \"${KEY_ALPHA}\", priority: 3}";
  static final String BETA_KEY = "{name: beta, secret: \"${KEY_BETA}\", priority: 2}";

  static final String ONE_KEY = BEARER + "keys: [" + ALPHA_KEY + "]\n";

  /** Alpha is used for as long as it is usable. */
  static final String TWO_KEYS = BEARER + "keys: [" + ALPHA_KEY + ", " + BETA_KEY + "]\n";

  /** What OpenAI says at its limit. */
  static final String LIMITED =
      "{\"error\": {\"message\": \"Rate limit reached\", \"code\": \"rate_limit_exceeded\"}}";

  private Apis() {}
}
