package dev.rotor.samples.stub;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One accepted key at work. Thread-safe. */
final class KeyState {
  private final String name;
  private final String account;
  private final @Nullable Rate requests;
  private final @Nullable Rate tokens;
  private final long quota;
  private final AtomicLong quotaLeft;
  private volatile boolean disabled;

  KeyState(
      String name, String account, @Nullable Rate requests, @Nullable Rate tokens, long quota) {
    this.name = name;
    this.account = account;
    this.requests = requests;
    this.tokens = tokens;
    this.quota = quota;
    this.quotaLeft = new AtomicLong(quota);
  }

  String name() {
    return name;
  }

  String account() {
    return account;
  }

  @Nullable Rate requests() {
    return requests;
  }

  @Nullable Rate tokens() {
    return tokens;
  }

  boolean isDisabled() {
    return disabled;
  }

  void disable(boolean off) {
    disabled = off;
  }

  /** Takes one request from the quota, or says that nothing is left. */
  boolean takeQuota() {
    return quotaLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Gives back what {@link #takeQuota} took, for a request that was refused after all. */
  void returnQuota() {
    quotaLeft.incrementAndGet();
  }

  void reset() {
    quotaLeft.set(quota);
    disabled = false;
  }
}
