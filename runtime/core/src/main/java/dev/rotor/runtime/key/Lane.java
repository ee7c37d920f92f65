package dev.rotor.runtime.key;

import dev.rotor.runtime.policy.Limit;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One key in one lane of its API: what an attempt takes, and gives back with an outcome.
 * Thread-safe.
 *
 * <p>Every lane that a {@link KeyPool} hands out must be given back once: by {@link #succeeded},
 * {@link #serviceFailed} or {@link #ended}.
 */
public final class Lane {

  /** What {@link #usableIn} says of a lane that no passing of time makes usable. */
  static final long NOT_BY_TIME = Long.MAX_VALUE;

  private final Key key;
  private final String name;
  private final Account.SharedLane shared;
  private final Rest quotaRest;
  private final @Nullable CircuitBreaker breaker;
  private final int window;
  private final AtomicInteger successes = new AtomicInteger();
  private final long openNanos;
  // near enough: Resilience4j does not tell how long it stays open
  private volatile long openUntil;

  Lane(Key key, String name, Account account, @Nullable Breakers breakers) {
    this.key = key;
    this.name = name;
    this.shared = account.lane(name);
    this.quotaRest = account.quotaRest();
    this.breaker = breakers == null ? null : breakers.make(key.name() + "/" + name);
    this.window = breakers == null ? 0 : breakers.settings().window();
    this.openNanos = breakers == null ? 0 : breakers.settings().open().toNanos();
  }

  public Key key() {
    return key;
  }

  public String name() {
    return name;
  }

  /**
   * Takes a place and a permit for one attempt; false, with nothing taken, when it is not usable
   * now.
   */
  boolean tryAcquire(long now) {
    if (shared.rest().left(now) > 0 || quotaRest.left(now) > 0) {
      return false;
    }
    Limit limit = shared.limit();
    if (breaker == null && limit == null) {
      return key.tryEnter(now);
    }
    // The place last: one that is taken and given back would wake a waiting call, whose look in
    // vain would wake the next, and so on without end.
    if (!key.mayEnter(now) || (breaker != null && !breaker.tryAcquirePermission())) {
      return false;
    }
    boolean permitted = limit == null || limit.tryAcquire(null, now);
    if (permitted && key.tryEnter(now)) {
      return true;
    }
    if (permitted) {
      giveBack(limit);
    }
    if (breaker != null) {
      breaker.releasePermission();
    }
    return false;
  }

  private static void giveBack(@Nullable Limit limit) {
    if (limit != null) {
      limit.giveBack(null);
    }
  }

  /** The attempt worked, or failed for no fault of the service. */
  public void succeeded(long elapsedNanos) {
    if (breaker != null) {
      tellSuccess(breaker, elapsedNanos);
    }
    key.succeeded();
    end(elapsedNanos);
  }

  /**
   * A closed breaker whose window holds nothing but successes stays as it is with one more, and
   * telling it costs more than taking a key. So successes are counted until they fill the window,
   * and that count begins anew at each failure. It may come out too low, never too high: a success
   * is counted before it is told, a failure after.
   */
  private void tellSuccess(CircuitBreaker breaker, long elapsedNanos) {
    if (breaker.getState() != State.CLOSED) {
      successes.set(0);
    } else if (successes.get() >= window) {
      return;
    } else {
      successes.incrementAndGet();
    }
    breaker.onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
  }

  /** The service failed: the breaker counts it. */
  public void serviceFailed(long elapsedNanos, long now) {
    if (breaker != null) {
      boolean wasOpen = breaker.getState() == State.OPEN;
      breaker.onError(elapsedNanos, TimeUnit.NANOSECONDS, new ServiceFailed());
      successes.set(0);
      if (!wasOpen && breaker.getState() == State.OPEN) {
        openUntil = now + openNanos;
      }
    }
    end(elapsedNanos);
  }

  /**
   * The attempt says nothing about the service's health: a limit, a refused credential, a cancel.
   */
  public void ended(long elapsedNanos) {
    if (breaker != null) {
      breaker.releasePermission();
    }
    end(elapsedNanos);
  }

  /** Nothing was attempted with it: takes back the acquisition, uncounted. */
  public void giveBack() {
    giveBack(shared.limit());
    if (breaker != null) {
      breaker.releasePermission();
    }
    key.leave();
  }

  /** The same key in another lane, for one attempt; null when it is not usable there now. */
  public @Nullable Lane tryMoveTo(String other, long now) {
    if (other.equals(name)) {
      return this;
    }
    giveBack();
    Lane moved = key.lane(other);
    return moved.tryAcquire(now) ? moved : null;
  }

  private void end(long elapsedNanos) {
    key.stats().record(elapsedNanos);
    key.leave();
  }

  /** Cools this lane down, for all keys of the account. */
  public void rest(long untilNanos, String cause) {
    shared.rest().until(untilNanos, cause);
  }

  /** Rests all lanes of the account: its quota is used up. */
  public void restAccount(long untilNanos, String cause) {
    quotaRest.until(untilNanos, cause);
  }

  /**
   * Nanoseconds until time alone makes it usable; 0: it is, or a call that ends may make it so;
   * {@link #NOT_BY_TIME}.
   */
  long usableIn(long now) {
    long disabled = key.usableIn(now);
    if (disabled == NOT_BY_TIME) {
      return NOT_BY_TIME;
    }
    long wait = Math.max(disabled, Math.max(shared.rest().left(now), quotaRest.left(now)));
    if (wait <= 0 && breaker != null && breaker.getState() == State.OPEN) {
      return Math.max(openUntil - now, TimeUnit.MILLISECONDS.toNanos(100));
    }
    Limit limit = shared.limit();
    if (wait <= 0 && limit != null) {
      wait = limit.nanosToPermit(null);
    }
    return Math.max(0, wait);
  }

  /** For messages: why it cannot be used now. */
  String whyNot(long now) {
    String disabled = key.whyDisabled();
    if (disabled != null) {
      return disabled;
    }
    if (quotaRest.left(now) > 0) {
      return "rests for " + seconds(quotaRest.left(now)) + " (" + quotaRest.cause() + ")";
    }
    if (shared.rest().left(now) > 0) {
      return "cools down for "
          + seconds(shared.rest().left(now))
          + " ("
          + shared.rest().cause()
          + ")";
    }
    if (breaker != null && breaker.getState() != State.CLOSED) {
      return "circuit breaker is open";
    }
    Limit limit = shared.limit();
    if (limit != null && limit.nanosToPermit(null) > 0) {
      return "is at its limit for " + seconds(limit.nanosToPermit(null));
    }
    return "is busy with " + key.inFlight() + " calls";
  }

  private static String seconds(long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "key " + key : "key " + key + " in lane " + name;
  }

  void reset() {
    if (breaker != null) {
      breaker.reset();
      successes.set(0);
    }
  }

  /** What the breaker is told; it never reaches the application. */
  private static final class ServiceFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceFailed() {
      super("the service failed", null, false, false);
    }
  }
}
