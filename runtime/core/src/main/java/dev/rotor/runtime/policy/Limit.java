package dev.rotor.runtime.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Rate;
import dev.rotor.runtime.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A limit at work: a meter, or one for each value when the limit is {@code by} something.
 * Thread-safe. Never blocks: it says how long a call has to wait.
 */
public final class Limit {

  private static final int MOST_VALUES = 100_000;

  private final LimitSettings settings;
  private final Clock clock;
  private final @Nullable Meter shared;
  private final @Nullable MetersByValue byValue;

  /** Creates a limit with all its permits. */
  public Limit(LimitSettings settings, boolean perValue, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    if (perValue) {
      this.shared = null;
      // a meter that was left alone for its whole period is full again, and need not be
      // remembered; one whose permits are reserved ahead needs so much longer
      Duration full =
          settings
              .rate()
              .per()
              .multipliedBy(2 + settings.burst() / settings.rate().permits())
              .plus(settings.maxWait());
      this.byValue = new MetersByValue(() -> meters(full));
    } else {
      this.shared = Meter.of(settings, clock.nanoTime());
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

  private LoadingCache<Object, Meter> meters(Duration full) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_VALUES)
        .expireAfterAccess(full)
        .ticker(clock::nanoTime)
        .executor(Runnable::run)
        .build(value -> Meter.of(settings, clock.nanoTime()));
  }

  public String name() {
    return settings.name();
  }

  /** Whether a value picks the meter. */
  public boolean isPerValue() {
    return byValue != null;
  }

  /**
   * Takes a permit that is there now.
   *
   * @param value whose meter, when this limit {@link #isPerValue}
   */
  public boolean tryAcquire(@Nullable Object value) {
    return tryAcquire(value, clock.nanoTime());
  }

  /**
   * The same for a caller who has just read the clock.
   *
   * @param now an instant of the limit's clock
   */
  public boolean tryAcquire(@Nullable Object value, long now) {
    Meter meter = meter(value);
    if (meter.take(1, now)) {
      return true;
    }
    // a caller who waited for the processor may have read the clock long ago
    return meter.take(1, clock.nanoTime());
  }

  /**
   * Reserves the next permit if it comes within the limit's {@code wait}.
   *
   * @param mostNanos how long the call may wait at all
   * @return nanoseconds until the permit is valid, 0 for now; or -1: refused, nothing was taken
   */
  public long reserve(@Nullable Object value, long mostNanos) {
    long most = Math.min(settings.maxWait().toNanos(), mostNanos);
    if (most <= 0) {
      return tryAcquire(value) ? 0 : -1;
    }
    return meter(value).reserve(1, clock.nanoTime(), most);
  }

  /** Gives a permit back that was taken and not used. */
  public void giveBack(@Nullable Object value) {
    long now = clock.nanoTime();
    meter(value).settle(1, 0, now, now);
  }

  /** Nanoseconds until a permit is there, without taking it. */
  public long nanosToPermit(@Nullable Object value) {
    return meter(value).nanosTo(1, clock.nanoTime());
  }

  private Meter meter(@Nullable Object value) {
    if (byValue == null) {
      return Objects.requireNonNull(shared);
    }
    return byValue.get(value);
  }
}
