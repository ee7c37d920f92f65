package dev.rotor.samples.stub;

import org.jspecify.annotations.Nullable;

/**
 * A credential that the stub provider accepts, with its limits. Start from {@link #of} and add.
 *
 * @param name what people see instead of the secret; null: the masked secret
 * @param secret what a client sends
 * @param requests how many requests are served in each window; null: any number
 * @param tokens how many tokens are served in each window; null: any number
 * @param quota how many requests are served in all; {@link #UNLIMITED}: any number
 * @param account keys of one account share their limits; null: an account of its own
 */
public record StubKey(
    @Nullable String name,
    String secret,
    @Nullable Rate requests,
    @Nullable Rate tokens,
    long quota,
    @Nullable String account) {
  /** {@link #quota} of a key that has none. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** A key without limits, shown as its masked secret. */
  public static StubKey of(String secret) {
    return new StubKey(null, secret, null, null, UNLIMITED, null);
  }

  /**
   * Reads {@code [NAME=]SECRET[:RATE][:tokens=RATE][:quota=N][:account=NAME]}, as in {@code
   * a=sk-demo-0001:30/10s:quota=100}.
   *
   * @throws IllegalArgumentException with what is wrong and where; without the secret
   */
  public static StubKey parse(String text) {
    String[] parts = text.split(":", -1);
    int equals = parts[0].indexOf('=');
    StubKey key = of(parts[0].substring(equals + 1));
    if (key.secret.isEmpty()) {
      throw new IllegalArgumentException("a key needs a secret: [NAME=]SECRET[:RATE]...");
    }
    if (equals >= 0) {
      key = key.named(parts[0].substring(0, equals));
    }
    for (int i = 1; i < parts.length; i++) {
      key = key.with(parts[i]);
    }
    return key;
  }

  private StubKey with(String option) {
    int equals = option.indexOf('=');
    if (equals < 0) {
      return limited(Rate.parse(option));
    }
    String value = option.substring(equals + 1);
    return switch (option.substring(0, equals)) {
      case "tokens" -> tokens(Rate.parse(value));
      case "quota" -> quota(Long.parseLong(value));
      case "account" -> account(value);
      default ->
          throw new IllegalArgumentException(
              "key "
                  + label()
                  + ": unknown option '"
                  + option
                  + "'; there are a rate, tokens=RATE, quota=N and account=NAME");
    };
  }

  /** The same key, shown under a name. */
  public StubKey named(String newName) {
    return new StubKey(newName, secret, requests, tokens, quota, account);
  }

  /** The same key with a limit of requests, such as {@code 30/10s}. */
  public StubKey limited(String rate) {
    return limited(Rate.parse(rate));
  }

  /** The same key with a limit of requests. */
  public StubKey limited(Rate rate) {
    return new StubKey(name, secret, rate, tokens, quota, account);
  }

  /** The same key with a limit of tokens. */
  public StubKey tokens(Rate rate) {
    return new StubKey(name, secret, requests, rate, quota, account);
  }

  /** The same key with a total number of requests that it may have served. */
  public StubKey quota(long total) {
    return new StubKey(name, secret, requests, tokens, total, account);
  }

  /** The same key in an account, whose keys share the limits of the one that is named first. */
  public StubKey account(String newAccount) {
    return new StubKey(name, secret, requests, tokens, quota, newAccount);
  }

  /** What people see of this key. */
  public String label() {
    return name == null ? Mask.of(secret) : name;
  }

  @Override
  public String toString() {
    return "StubKey[" + label() + "]";
  }
}
