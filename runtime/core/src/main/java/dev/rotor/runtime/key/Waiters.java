package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that wait for a key, in one {@link WaitingLine} for all that wait for the same keys.
 * Only the first of a line looks for a key; all others sleep, and the one that has got a key, or
 * gives up, hands the first place on. Thread-safe.
 *
 * <p>No wake-up is lost: whoever comes to the first place looks once, whatever has happened before;
 * whatever happens from then on fires the signal that it waits for.
 */
public final class Waiters {

  private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

  private static final long TELL_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Calls of one of these wait for the same keys. */
  private record Wanted(String lane, @Nullable String tier, @Nullable String key) {
    static Wanted of(Need need) {
      return new Wanted(need.lane(), need.tier(), need.key());
    }
  }

  /** Where a call stands in its line. */
  public static final class Place {
    private final WaitingLine line;
    private final Wanted wanted;
    private final Urgency urgency;
    private final long number;
    private volatile Signal signal = new Signal();

    private Place(WaitingLine line, Wanted wanted, Urgency urgency, long number) {
      this.line = line;
      this.wanted = wanted;
      this.urgency = urgency;
      this.number = number;
    }

    /** Whether this call is to look for a key, and not others before it. */
    public boolean isToLook() {
      return line.isToLook(this);
    }

    /** Fired when there is reason to look: it came to the first place, or a key became free. */
    public Signal signal() {
      return signal;
    }

    /** Before it looks: what happens from now on fires a signal anew. */
    public void rearm() {
      signal = new Signal();
    }

    Urgency urgency() {
      return urgency;
    }

    /** Later ones are higher. */
    long number() {
      return number;
    }

    void fire() {
      signal.fire();
    }
  }

  private final String name;
  private final Clock clock;
  private final Map<Wanted, WaitingLine> lines = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong tellAt;

  Waiters(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.tellAt = new AtomicLong(clock.nanoTime());
  }

  /**
   * Lines up.
   *
   * @param most how many may wait at once, for whatever keys
   * @param keysByUrgency whether some keys are kept for urgent calls
   * @return null: so many wait already
   */
  @Nullable Place enter(Need need, int most, boolean keysByUrgency) {
    int now = count.incrementAndGet();
    if (now > most) {
      count.decrementAndGet();
      return null;
    }
    if (now >= most - most / 5) {
      tellFull(now, most);
    }
    Wanted wanted = Wanted.of(need);
    while (true) {
      WaitingLine line = lines.computeIfAbsent(wanted, it -> new WaitingLine(keysByUrgency));
      Place place = new Place(line, wanted, need.urgency(), numbers.getAndIncrement());
      if (line.enter(place)) {
        return place;
      }
      // its last call has just left it, and it is about to be forgotten
      lines.remove(wanted, line);
    }
  }

  private void tellFull(int waiting, int most) {
    long now = clock.nanoTime();
    long due = tellAt.get();
    if (now - due >= 0 && tellAt.compareAndSet(due, now + TELL_EVERY_NANOS)) {
      LOG.warn(
          "{}: {} calls wait for a key, and at most {} may (`wait.callers`); what comes then is refused."
              + " Told once a minute.",
          name,
          waiting,
          most);
    }
  }

  /** Leaves the line, with a key or without. */
  public void leave(Place place) {
    count.decrementAndGet();
    if (place.line.leave(place)) {
      lines.remove(place.wanted, place.line);
    }
  }

  /** How many wait. */
  public int size() {
    return count.get();
  }

  boolean isAnyFor(Need need) {
    return count.get() > 0 && lines.containsKey(Wanted.of(need));
  }

  /** A key became free, or keys have changed. */
  void wake() {
    if (count.get() > 0) {
      lines.values().forEach(WaitingLine::wake);
    }
  }
}
