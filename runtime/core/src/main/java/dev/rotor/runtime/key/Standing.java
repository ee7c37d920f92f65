package dev.rotor.runtime.key;

import dev.rotor.runtime.state.Ledger;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key is out, and why: a person took it out, the provider refused its credential, or it
 * failed too often. In the last two cases one call at a time tries it again; and one that failed
 * too often serves where there is no other. Thread-safe.
 */
final class Standing {

  /** How long a key that Rotor disabled rests before one call tries it again. */
  static final Duration PROBE_EVERY = Duration.ofMinutes(5);

  private static final String BY_HAND = "disabled-by-hand";

  // what a key is blamed for, with how often it is tried again
  private record Blame(KeyStatus status, String cause, long probeEveryNanos, long since) {}

  private final AtomicLong probeAt = new AtomicLong();
  private volatile @Nullable Blame blame;
  private final Ledger ledger;
  private final String key;
  private volatile boolean byHand;

  /**
   * That of a key.
   *
   * @param ledger where it is remembered that a person has taken it out
   * @param key its API and name
   */
  Standing(Ledger ledger, String key) {
    this.ledger = ledger;
    this.key = key;
    this.byHand = ledger.isMarked(key, BY_HAND);
  }

  /** The hot path: nothing is to be said against the key. */
  boolean isClear() {
    return blame == null && !byHand;
  }

  boolean isByHand() {
    return byHand;
  }

  /** Blocks until that is written down, where state outlasts the process. */
  void byHand(boolean out) {
    byHand = out;
    ledger.mark(key, BY_HAND, out);
  }

  void refuse(String cause, long now) {
    out(new Blame(KeyStatus.DISABLED, cause, PROBE_EVERY.toNanos(), now), now);
  }

  /** One failure too many. */
  void err(long probeEveryNanos, long now) {
    Blame known = blame;
    if (known == null || known.status() == KeyStatus.ERROR) {
      out(new Blame(KeyStatus.ERROR, "failed too often", probeEveryNanos, now), now);
    }
  }

  private void out(Blame next, long now) {
    probeAt.set(now + next.probeEveryNanos());
    blame = next;
  }

  /** There is no breaker any more, and so no error either. */
  void clearErrors() {
    if (isInError()) {
      blame = null;
    }
  }

  /** Whether there was anything to clear. */
  boolean clearBlame() {
    boolean had = blame != null;
    blame = null;
    return had;
  }

  boolean isInError() {
    Blame known = blame;
    return known != null && known.status() == KeyStatus.ERROR && !byHand;
  }

  /** The same, by the success of an attempt that began then: later than the blame, or not at all. */
  boolean clearBlameSince(long start) {
    Blame known = blame;
    if (known == null || start - known.since() < 0) {
      return false;
    }
    blame = null;
    return true;
  }

  /** Gives a try back that could not be made. */
  void probeAtOnce(long now) {
    probeAt.set(now);
  }

  /**
   * Whether {@link #tryProbe} is worth trying.
   *
   * @param lastResort no other key is usable
   */
  boolean mayProbe(long now, boolean lastResort) {
    return !byHand && (blame == null || now - probeAt.get() >= 0 || (lastResort && isInError()));
  }

  /** Takes the one try that is due, if there is need of one. */
  boolean tryProbe(long now, boolean lastResort) {
    Blame known = blame;
    if (byHand) {
      return false;
    }
    if (known == null || (lastResort && isInError())) {
      return true;
    }
    long due = probeAt.get();
    return now - due >= 0 && probeAt.compareAndSet(due, now + known.probeEveryNanos());
  }

  long usableIn(long now) {
    if (byHand) {
      return Lane.NOT_BY_TIME;
    }
    return blame == null || isInError() ? 0 : Math.max(0, probeAt.get() - now);
  }

  KeyStatus status() {
    Blame known = blame;
    return byHand ? KeyStatus.DISABLED : known == null ? KeyStatus.ACTIVE : known.status();
  }

  @Nullable String why() {
    Blame known = blame;
    if (byHand) {
      return "was disabled by a person";
    } else if (known == null) {
      return null;
    }
    return known.status() == KeyStatus.DISABLED
        ? "is disabled: " + known.cause()
        : "is in error: " + known.cause();
  }
}
