package dev.rotor.runtime.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts and total time of one site, key or API. Thread-safe, without locks. */
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

  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private final LongAdder totalTokens = new LongAdder();
  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

  /** All zero. */
  public Stats() {
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
  }

  /** Counts one call or attempt that took so many nanoseconds. */
  public void record(long elapsedNanos) {
    calls.increment();
    nanos.add(elapsedNanos);
  }

  /** Counts one call whose time is told elsewhere. */
  public void count() {
    calls.increment();
  }

  public void event(Event event) {
    adder(event).increment();
  }

  /** Counts the tokens that an answer says it cost; what it does not say is negative. */
  public void tokens(long input, long output, long total) {
    inputTokens.add(Math.max(0, input));
    outputTokens.add(Math.max(0, output));
    totalTokens.add(Math.max(0, total));
  }

  public long inputTokens() {
    return inputTokens.sum();
  }

  public long outputTokens() {
    return outputTokens.sum();
  }

  public long totalTokens() {
    return totalTokens.sum();
  }

  public long calls() {
    return calls.sum();
  }

  public long totalNanos() {
    return nanos.sum();
  }

  public long count(Event event) {
    return adder(event).sum();
  }

  private LongAdder adder(Event event) {
    return Objects.requireNonNull(events.get(event));
  }
}
