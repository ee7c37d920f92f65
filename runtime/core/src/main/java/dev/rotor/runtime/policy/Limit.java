package dev.rotor.runtime.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.time.Clock;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A limit at work: a Bucket4j bucket, or one for each value when the limit is {@code by} something.
 * Thread-safe. Never blocks: it says how long a call has to wait.
 */
public final class Limit {

  private static final int MOST_VALUES = 100_000;

  private final LimitSettings settings;
  private final TimeMeter meter;
  private final @Nullable Bucket shared;
  private final @Nullable BucketsByValue byValue;

  /** Creates a limit with all its permits. */
  public Limit(LimitSettings settings, boolean perValue, Clock clock) {
    this.settings = settings;
    this.meter = new ClockMeter(clock);
    if (perValue) {
      this.shared = null;
      // a bucket that was left alone for its whole period is full again, and need not be
      // remembered; one whose permits are reserved ahead needs so much longer
      Duration full =
          settings
              .rate()
              .per()
              .multipliedBy(2 + settings.burst() / settings.rate().permits())
              .plus(settings.maxWait());
      this.byValue = new BucketsByValue(() -> buckets(full, clock));
    } else {
      this.shared = bucket();
      this.byValue = null;
    }
  }

  /** A limit of {@code rate} with as much burst, for a key. */
  public static Limit of(String name, Rate rate, Clock clock) {
    return new Limit(
        new LimitSettings(
            name, rate, rate.permits(), LimitSettings.Algorithm.TOKEN_BUCKET, null, Duration.ZERO),
        false,
        clock);
  }

  private LoadingCache<Object, Bucket> buckets(Duration full, Clock clock) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_VALUES)
        .expireAfterAccess(full)
        .ticker(clock::nanoTime)
        .executor(Runnable::run)
        .build(value -> bucket());
  }

  private Bucket bucket() {
    Rate rate = settings.rate();
    var filled = Bandwidth.builder().capacity(settings.burst());
    Bandwidth bandwidth =
        settings.algorithm() == LimitSettings.Algorithm.TOKEN_BUCKET
            ? filled.refillGreedy(rate.permits(), rate.per()).build()
            : filled.refillIntervally(rate.permits(), rate.per()).build();
    // mutable state under a short lock: the lock-free strategy allocates at each call
    return Bucket.builder()
        .withCustomTimePrecision(meter)
        .withSynchronizationStrategy(SynchronizationStrategy.SYNCHRONIZED)
        .addLimit(bandwidth)
        .build();
  }

  public String name() {
    return settings.name();
  }

  /** Whether a value picks the bucket. */
  public boolean isPerValue() {
    return byValue != null;
  }

  /**
   * Takes a permit that is there now.
   *
   * @param value whose bucket, when this limit {@link #isPerValue}
   */
  public boolean tryAcquire(@Nullable Object value) {
    return bucket(value).tryConsume(1);
  }

  /**
   * Reserves the next permit if it comes within the limit's {@code wait}.
   *
   * @param mostNanos how long the call may wait at all
   * @return nanoseconds until the permit is valid, 0 for now; or -1: refused, nothing was taken
   */
  public long reserve(@Nullable Object value, long mostNanos) {
    Bucket bucket = bucket(value);
    long most = Math.min(settings.maxWait().toNanos(), mostNanos);
    if (most <= 0) {
      return bucket.tryConsume(1) ? 0 : -1;
    }
    long[] wait = {0};
    BlockingStrategy remember = nanos -> wait[0] = nanos;
    try {
      return bucket.asBlocking().tryConsume(1, most, remember) ? wait[0] : -1;
    } catch (InterruptedException impossible) {
      throw new AssertionError("a strategy that does not block was interrupted", impossible);
    }
  }

  /** Gives a permit back that was taken and not used. */
  public void giveBack(@Nullable Object value) {
    bucket(value).addTokens(1);
  }

  /** Nanoseconds until a permit is there, without taking it. */
  public long nanosToPermit(@Nullable Object value) {
    return bucket(value).estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  private Bucket bucket(@Nullable Object value) {
    if (byValue == null) {
      return Objects.requireNonNull(shared);
    }
    return byValue.get(value);
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.nanoTime();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
