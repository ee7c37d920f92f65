package dev.rotor.runtime.call;

import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.key.Lane;
import dev.rotor.runtime.observe.Stats.Event;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an attempt's verdict does to its key: cool-downs, breaker, disabling. */
final class KeyFeedback {

  private static final Logger LOG = LoggerFactory.getLogger(KeyFeedback.class);

  /** How long a key whose quota is used up rests when nobody told until when. */
  private static final long QUOTA_REST_NANOS = Duration.ofHours(1).toNanos();

  /** On top of a told wait, so that those who wait do not all come back at once; never below. */
  private static final double JITTER = 0.05;

  private static final long MOST_JITTER_NANOS = Duration.ofMillis(500).toNanos();

  private KeyFeedback() {}

  /**
   * What an attempt has cost.
   *
   * @param told what its answer says; {@link Spent#UNTOLD} when it says nothing
   */
  static Spent spent(Spent told, @Nullable Verdict verdict) {
    if (!told.isUntold() || verdict == null) {
      return told;
    }
    return switch (verdict.outcome()) {
      case SUCCESS, SERVER_ERROR, TIMEOUT, NETWORK -> told;
      case RATE_LIMITED, QUOTA_EXCEEDED, UNAUTHORIZED, CLIENT_ERROR -> Spent.REFUSED;
    };
  }

  /** What an answer tells of its key before its last byte is there. */
  static void foretell(Lane lane, Verdict verdict, long now) {
    if (verdict.exhausted() && verdict.restNanos() > 0) {
      lane.rest(after(now, verdict.restNanos()), "nothing left of its limit, as told");
    }
  }

  static void give(
      Lane lane, Verdict verdict, long elapsed, long now, Api.Terms terms, DoubleSupplier random) {
    switch (verdict.outcome()) {
      case SUCCESS -> {
        // the rest first: whoever is woken by the free place must not take what has nothing left
        foretell(lane, verdict, now);
        lane.succeeded(elapsed, now);
      }
      case CLIENT_ERROR -> {
        foretell(lane, verdict, now);
        lane.answered(elapsed);
      }
      case RATE_LIMITED -> {
        lane.key().stats().event(Event.RATE_LIMITED);
        long told = verdict.restNanos();
        long rest = told >= 0 ? jittered(told, random) : terms.settings().cooldown().toNanos();
        lane.rest(after(now, rest), verdict.cause());
        lane.ended(elapsed);
        LOG.debug("{}: cools down for {} ms: {}", lane, rest / 1_000_000, verdict.cause());
      }
      case QUOTA_EXCEEDED -> {
        lane.key().stats().event(Event.RATE_LIMITED);
        long told = verdict.restNanos();
        long rest = told >= 0 ? jittered(told, random) : QUOTA_REST_NANOS;
        lane.restAccount(after(now, rest), verdict.cause());
        lane.ended(elapsed);
        LOG.warn(
            "{}: quota used up, rests for {} s: {}", lane, rest / 1_000_000_000, verdict.cause());
      }
      case UNAUTHORIZED -> {
        lane.key().stats().event(Event.FAILURE);
        lane.ended(elapsed);
      }
      case SERVER_ERROR, TIMEOUT, NETWORK -> {
        lane.key().stats().event(Event.FAILURE);
        lane.serviceFailed(elapsed, now);
      }
    }
  }

  /** Garbage in a header must not overflow into the past. */
  private static long after(long now, long nanos) {
    return now + Math.min(nanos, Call.NEVER_NANOS);
  }

  private static long jittered(long nanos, DoubleSupplier random) {
    return Math.min(nanos, Call.NEVER_NANOS)
        + (long)
            (random.getAsDouble() * Math.min((double) nanos * JITTER, (double) MOST_JITTER_NANOS));
  }

  static void disable(String api, Key key, String cause) {
    key.disable(cause);
    LOG.warn(
        "apis.{}: key {} is disabled, the provider refused its credential ({}). One call tries it again"
            + " every five minutes; a changed secret brings it back at once.",
        api,
        key,
        cause);
  }
}
