package dev.rotor.runtime.policy;

import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.time.Clock;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Bucket4j bucket that is told the time by a caller who has just read it, since reading a clock
 * costs as much as taking a permit. Thread-safe, under a short lock of its own: Bucket4j's
 * lock-free strategy allocates at each call.
 */
final class TimedBucket implements TimeMeter {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Bucket bucket;
  private long now;

  TimedBucket(LimitSettings settings, Clock clock) {
    this.clock = clock;
    this.now = clock.nanoTime();
    Rate rate = settings.rate();
    var filled = Bandwidth.builder().capacity(settings.burst());
    this.bucket =
        Bucket.builder()
            .withCustomTimePrecision(this)
            .withSynchronizationStrategy(SynchronizationStrategy.NONE)
            .addLimit(
                settings.algorithm() == LimitSettings.Algorithm.TOKEN_BUCKET
                    ? filled.refillGreedy(rate.permits(), rate.per()).build()
                    : filled.refillIntervally(rate.permits(), rate.per()).build())
            .build();
  }

  /**
   * Takes a permit that is there.
   *
   * @param recently an instant of the clock; when there is no permit then, it is read anew
   */
  boolean tryConsume(long recently) {
    lock.lock();
    try {
      now = recently;
      if (bucket.tryConsume(1)) {
        return true;
      }
      now = clock.nanoTime();
      return bucket.tryConsume(1);
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until the permit that was reserved is valid, or -1: none within {@code most}. */
  long reserve(long most) {
    long[] wait = {0};
    BlockingStrategy remember = nanos -> wait[0] = nanos;
    lock.lock();
    try {
      now = clock.nanoTime();
      return bucket.asBlocking().tryConsume(1, most, remember) ? wait[0] : -1;
    } catch (InterruptedException impossible) {
      throw new AssertionError("a strategy that does not block was interrupted", impossible);
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      now = clock.nanoTime();
      bucket.addTokens(1);
    } finally {
      lock.unlock();
    }
  }

  long nanosToPermit() {
    lock.lock();
    try {
      now = clock.nanoTime();
      return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long currentTimeNanos() {
    return now;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
