package dev.rotor.runtime.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts and total time of one site, key or API, and how much of it is under way where that is
 * told. Thread-safe; locks once, when it first counts something rare.
 *
 * <p>What each call counts stands in the object itself: of thousands of keys each is touched
 * seldom, and what is not in the processor's cache costs more than the counting. Once two threads
 * have met there, they count apart.
 */
public final class Stats {

  /** What {@link #event} counts beside calls and time. */
  public enum Event {
    FAILURE,
    RATE_LIMITED,
    ROTATION,
    RETRY,
    REFUSAL,
    CACHE_HIT,
    UNTOUCHED,
    /** Something in an answer that could not be understood. */
    ODDITY
  }

  private static final AtomicLongFieldUpdater<Stats> CALLS =
      AtomicLongFieldUpdater.newUpdater(Stats.class, "calls");
  private static final AtomicLongFieldUpdater<Stats> NANOS =
      AtomicLongFieldUpdater.newUpdater(Stats.class, "nanos");

  private volatile long calls;
  private volatile long nanos;
  private volatile @Nullable Apart apart;
  private volatile @Nullable Rare rare;

  /** What threads that met have counted. */
  private static final class Apart {
    final LongAdder calls = new LongAdder();
    final LongAdder nanos = new LongAdder();
  }

  /** What many never count. */
  private static final class Rare {
    final LongAdder inputTokens = new LongAdder();
    final LongAdder outputTokens = new LongAdder();
    final LongAdder totalTokens = new LongAdder();
    final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

    Rare() {
      for (Event event : Event.values()) {
        events.put(event, new LongAdder());
      }
    }

    LongAdder of(Event event) {
      return Objects.requireNonNull(events.get(event));
    }
  }

  /** Counts one call or attempt that took so many nanoseconds. */
  public void record(long elapsedNanos) {
    count();
    Apart others = apart;
    if (others == null) {
      long before = nanos;
      if (NANOS.compareAndSet(this, before, before + elapsedNanos)) {
        return;
      }
      others = apart();
    }
    others.nanos.add(elapsedNanos);
  }

  /** Counts one call whose time is told elsewhere. */
  public void count() {
    Apart others = apart;
    if (others == null) {
      long before = calls;
      if (CALLS.compareAndSet(this, before, before + 1)) {
        return;
      }
      others = apart();
    }
    others.calls.increment();
  }

  private synchronized Apart apart() {
    Apart known = apart;
    if (known == null) {
      known = new Apart();
      apart = known;
    }
    return known;
  }

  public void event(Event event) {
    rare().of(event).increment();
  }

  /** Counts the tokens that an answer says it cost; what it does not say is negative. */
  public void tokens(long input, long output, long total) {
    Rare counts = rare();
    counts.inputTokens.add(Math.max(0, input));
    counts.outputTokens.add(Math.max(0, output));
    counts.totalTokens.add(Math.max(0, total));
  }

  private Rare rare() {
    Rare known = rare;
    return known != null ? known : madeRare();
  }

  private synchronized Rare madeRare() {
    Rare known = rare;
    if (known == null) {
      known = new Rare();
      rare = known;
    }
    return known;
  }

  public long inputTokens() {
    Rare known = rare;
    return known == null ? 0 : known.inputTokens.sum();
  }

  public long outputTokens() {
    Rare known = rare;
    return known == null ? 0 : known.outputTokens.sum();
  }

  public long totalTokens() {
    Rare known = rare;
    return known == null ? 0 : known.totalTokens.sum();
  }

  public long calls() {
    Apart others = apart;
    return others == null ? calls : calls + others.calls.sum();
  }

  public long totalNanos() {
    Apart others = apart;
    return others == null ? nanos : nanos + others.nanos.sum();
  }

  public long count(Event event) {
    Rare known = rare;
    return known == null ? 0 : known.of(event).sum();
  }
}
