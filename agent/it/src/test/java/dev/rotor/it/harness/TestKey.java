package dev.rotor.it.harness;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A key of a test. Its secret carries the name in a form that {@code com.example.it.Attempts}
 * knows, so that a child can tell which key it got without ever printing one.
 */
public record TestKey(String name, String secret) {

  /** A key whose secret is new in each run. */
  public static TestKey of(String name) {
    long random = ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 10_000_000_000_000L);
    return new TestKey(name, "sk-it-" + name + "-" + random);
  }

  /** The environment variable that holds the secret in a child. */
  public String variable() {
    return "KEY_" + name.toUpperCase(java.util.Locale.ROOT);
  }

  @Override
  public String toString() {
    return "TestKey[" + name + "]";
  }
}
