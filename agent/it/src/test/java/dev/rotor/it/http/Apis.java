package dev.rotor.it.http;

/** What many scenarios' APIs are. */
public final class Apis {

  /** Nothing waits, rests are long, and back-offs short; a scenario says what it wants else. */
  public static final String DEFAULTS =
      """
      defaults:
        cooldown: 60s
        wait: 0s
        deadline: 20s
        strategy: priority
        retry: {backoff: 1ms, max-backoff: 5ms, max: 3, budget: 100%}
        circuit-breaker: off
      """;

  private static final String BEARER = "profile: generic-bearer\nbase-url: <url>/v1\n";

  public static final String ALPHA_KEY = "{name: alpha, secret: \"${KEY_ALPHA}\", priority: 3}";
  public static final String BETA_KEY = "{name: beta, secret: \"${KEY_BETA}\", priority: 2}";

  public static final String ONE_KEY = BEARER + "keys: [" + ALPHA_KEY + "]\n";

  /** Alpha is used for as long as it is usable. */
  public static final String TWO_KEYS = BEARER + "keys: [" + ALPHA_KEY + ", " + BETA_KEY + "]\n";

  /** What OpenAI says at its limit. */
  public static final String LIMITED =
      "{\"error\": {\"message\": \"Rate limit reached\", \"code\": \"rate_limit_exceeded\"}}";

  private Apis() {}
}
