package dev.rotor.runtime.key;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of a key's lane. It outlives reloads that leave its settings alone.
 * Thread-safe.
 *
 * <p>It is made at the first failure, with the successes before it counted in: until then there is
 * nothing to break, and of thousands of keys in hundreds of lanes most never fail.
 */
final class LaneBreaker {

  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Breakers breakers;
  private final String name;
  private final Key key;
  private final int window;
  private final AtomicInteger successes = new AtomicInteger();
  private volatile @Nullable CircuitBreaker breaker;
  // near enough: Resilience4j does not tell how long it stays open
  private volatile long openUntil;
  // guarded by this: there is a failure in its window, or it is not closed, as the key knows
  private boolean troubled;
  // guarded by this: another one has taken its place
  private boolean retired;

  /** Creates that of a key's lane. */
  LaneBreaker(Breakers breakers, Key key, String lane) {
    this.breakers = breakers;
    this.name = key.name() + "/" + lane;
    this.key = key;
    this.window = breakers.settings().window();
  }

  boolean isMadeBy(Breakers others) {
    return breakers.settings().equals(others.settings());
  }

  boolean tryAcquire() {
    CircuitBreaker known = breaker;
    return known == null || known.tryAcquirePermission();
  }

  void release() {
    CircuitBreaker known = breaker;
    if (known != null) {
      known.releasePermission();
    }
  }

  /**
   * A closed breaker whose window holds nothing but successes stays as it is with one more, and
   * telling it costs more than taking a key. So successes are counted until they fill the window,
   * and that count begins anew at each failure. It may come out too low, never too high: a success
   * is counted before it is told, a failure after.
   *
   * @return whether it need not be told of more, as long as nothing fails
   */
  boolean succeeded(long elapsedNanos) {
    CircuitBreaker told = breaker;
    if (told != null && told.getState() != State.CLOSED) {
      successes.set(0);
    } else if (successes.get() >= window) {
      calmDown();
      return true;
    } else {
      successes.incrementAndGet();
    }
    if (told != null) {
      told.onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
    }
    return false;
  }

  private synchronized void calmDown() {
    if (troubled && successes.get() >= window && isClosed()) {
      troubled = false;
      key.calm();
    }
  }

  private synchronized void trouble() {
    if (!troubled && !retired) {
      troubled = true;
      key.trouble();
    }
  }

  void failed(long elapsedNanos, long now) {
    CircuitBreaker told = made();
    boolean wasOpen = told.getState() == State.OPEN;
    told.onError(elapsedNanos, TimeUnit.NANOSECONDS, new ServiceFailed());
    successes.set(0);
    trouble();
    if (!wasOpen && told.getState() == State.OPEN) {
      openUntil = now + breakers.settings().open().toNanos();
    }
  }

  private synchronized CircuitBreaker made() {
    CircuitBreaker known = breaker;
    if (known == null) {
      known = breakers.make(name);
      for (int i = successes.get(); i > 0; i--) {
        known.onSuccess(0, TimeUnit.NANOSECONDS);
      }
      breaker = known;
    }
    return known;
  }

  /** Nanoseconds until it lets one through; 0: it does, or a call that ends may make it do so. */
  long usableIn(long now) {
    CircuitBreaker known = breaker;
    return known != null && known.getState() == State.OPEN
        ? Math.max(openUntil - now, SOON_NANOS)
        : 0;
  }

  boolean isClosed() {
    CircuitBreaker known = breaker;
    return known == null || known.getState() == State.CLOSED;
  }

  /** Another one takes its place; attempts that took it tell it still. */
  synchronized void retire() {
    retired = true;
    reset();
  }

  synchronized void reset() {
    successes.set(0);
    breaker = null;
    if (troubled) {
      troubled = false;
      key.calm();
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
