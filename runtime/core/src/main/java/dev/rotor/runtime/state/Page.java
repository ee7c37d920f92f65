package dev.rotor.runtime.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines that one attempt is counted in, all or none. Thread-safe, under a short lock of its
 * own; nothing here writes or waits for a write. The instants {@code now} are those of the ledger's
 * clock, in its nanoseconds.
 */
public final class Page {

  private final String name;
  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean asked = new AtomicBoolean();
  // those that are no longer in the settings too: they may come back
  private final Map<String, Tally> known = new LinkedHashMap<>();

  private Tally[] tallies = {};
  private boolean starved;
  private volatile Runnable onChange = () -> {};

  Page(String name, Ledger ledger) {
    this.name = name;
    this.ledger = ledger;
  }

  String name() {
    return name;
  }

  AtomicBoolean asked() {
    return asked;
  }

  /** Takes other lines; one of the same name goes on with its count. */
  void lines(List<Line> lines, Runnable changed, long now) {
    long wall = ledger.wallTime(now);
    lock.lock();
    try {
      onChange = changed;
      Tally[] next = new Tally[lines.size()];
      for (int i = 0; i < next.length; i++) {
        Line line = lines.get(i);
        Tally before = known.get(line.name());
        if (before == null) {
          next[i] = new Tally(fullName(line), line, now, wall);
        } else {
          next[i] = before.with(line, isActive(before) ? before.since() : now, wall);
        }
        known.put(line.name(), next[i]);
      }
      tallies = next;
    } finally {
      lock.unlock();
    }
  }

  private String fullName(Line line) {
    return Ledger.fullName(name, line.name());
  }

  /** Takes that much from each line that counts it; false: nothing was taken. */
  public boolean tryTake(long requests, long tokens, long money, long now) {
    long wall = ledger.wallTime(now);
    boolean leasing = ledger.isLeasing();
    boolean ask = leasing && ledger.isEnding();
    lock.lock();
    try {
      for (Tally tally : tallies) {
        ask |= tally.advance(wall);
      }
      for (Tally tally : tallies) {
        if (!tally.fits(tally.line().measure().of(requests, tokens, money))) {
          return false;
        }
      }
      if (leasing && !areLeased(requests, tokens, money)) {
        starved = true;
        ask = true;
        return false;
      }
      for (Tally tally : tallies) {
        tally.take(tally.line().measure().of(requests, tokens, money));
        ask |= leasing && tally.isLow();
      }
      return true;
    } finally {
      lock.unlock();
      if (ask) {
        ledger.ask(this);
      }
    }
  }

  private boolean areLeased(long requests, long tokens, long money) {
    boolean all = true;
    for (Tally tally : tallies) {
      long amount = tally.line().measure().of(requests, tokens, money);
      if (!tally.isLeased(amount)) {
        tally.want(amount);
        all = false;
      }
    }
    return all;
  }

  /**
   * Adds these differences to what was taken at an instant. What a line then has above its limit is
   * taken off what comes next. A line that did not count yet at that instant gives nothing back.
   */
  public void correct(long requests, long tokens, long money, long takenAt, long now) {
    if (requests == 0 && tokens == 0 && money == 0) {
      return;
    }
    long wall = ledger.wallTime(now);
    long taken = ledger.wallTime(takenAt);
    boolean leasing = ledger.isLeasing();
    boolean ask = leasing && ledger.isEnding();
    lock.lock();
    try {
      for (Tally tally : tallies) {
        ask |= tally.advance(wall);
        long difference = tally.line().measure().of(requests, tokens, money);
        if (difference > 0 || takenAt - tally.since() >= 0) {
          tally.correct(difference, taken);
        }
        ask |= leasing && (tally.isLow() || tally.isHigh());
      }
    } finally {
      lock.unlock();
      if (ask) {
        ledger.ask(this);
      }
    }
  }

  /**
   * Nanoseconds until time alone lets {@link #tryTake} work; 0: it would work now, or when a write
   * that is under way is done; {@link Long#MAX_VALUE}: it never does.
   */
  public long nanosTo(long requests, long tokens, long money, long now) {
    long wall = ledger.wallTime(now);
    long millis = 0;
    lock.lock();
    try {
      for (Tally tally : tallies) {
        tally.advance(wall);
        long amount = tally.line().measure().of(requests, tokens, money);
        millis = Math.max(millis, tally.millisTo(amount, wall));
      }
    } finally {
      lock.unlock();
    }
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The line that has too little left; null: each has enough. */
  public @Nullable Line lacking(long requests, long tokens, long money, long now) {
    long wall = ledger.wallTime(now);
    Line lacking = null;
    long longest = 0;
    lock.lock();
    try {
      for (Tally tally : tallies) {
        tally.advance(wall);
        long amount = tally.line().measure().of(requests, tokens, money);
        long millis = tally.millisTo(amount, wall);
        if (millis > longest) {
          longest = millis;
          lacking = tally.line();
        }
      }
    } finally {
      lock.unlock();
    }
    return lacking;
  }

  /** What is left of the line that has the least left, from 0 to 1. */
  public double freeShare(long now) {
    long wall = ledger.wallTime(now);
    double least = 1;
    lock.lock();
    try {
      for (Tally tally : tallies) {
        tally.advance(wall);
        least = Math.min(least, tally.freeShare());
      }
    } finally {
      lock.unlock();
    }
    return least;
  }

  /** Reads what the store has of lines that it was not asked for yet. */
  void load(Store store) {
    for (Tally tally : unloaded()) {
      List<Entry> found = store.read(tally.name());
      lock.lock();
      try {
        // it may have been replaced meanwhile, by settings that changed
        Tally present = known.get(tally.line().name());
        if (present != null && !present.isLoaded()) {
          present.load(found);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private List<Tally> unloaded() {
    lock.lock();
    try {
      return known.values().stream().filter(tally -> !tally.isLoaded()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The store is another: what it has is to be read. */
  void unload() {
    lock.lock();
    try {
      known.values().forEach(Tally::unload);
    } finally {
      lock.unlock();
    }
  }

  /** What calls wanted long ago they want no more. */
  void forgetWanted() {
    lock.lock();
    try {
      known.values().forEach(Tally::forgetWanted);
    } finally {
      lock.unlock();
    }
  }

  void plan(long wall, boolean ending, Batch batch) {
    batch.of(this);
    lock.lock();
    try {
      for (Tally tally : known.values()) {
        tally.advance(wall);
        if (tally.isLoaded()) {
          tally.plan(wall, ending || !isActive(tally), batch);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isActive(Tally tally) {
    for (Tally active : tallies) {
      if (active == tally) {
        return true;
      }
    }
    return false;
  }

  void grant(Slot slot, Entry entry) {
    lock.lock();
    try {
      slot.granted = entry.granted();
      slot.written(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the calls that found no lease. */
  void wake() {
    lock.lock();
    try {
      if (!starved) {
        return;
      }
      starved = false;
    } finally {
      lock.unlock();
    }
    onChange.run();
  }

  /** Whether such a line is known; if so, what was used of it is at least this. */
  boolean raise(Used used) {
    lock.lock();
    try {
      Tally tally = known.get(used.line());
      if (tally == null) {
        return false;
      }
      Span span = new Span(used.start().toEpochMilli(), used.end().toEpochMilli());
      tally.raise(span, used.amount());
      return true;
    } finally {
      lock.unlock();
    }
  }

  List<Used> used() {
    List<Used> all = new ArrayList<>();
    lock.lock();
    try {
      known.values().forEach(tally -> tally.addUsed(name, all));
    } finally {
      lock.unlock();
    }
    return all;
  }

  /** Whether it counts such a line, by its full name. */
  boolean counts(String fullName) {
    lock.lock();
    try {
      return known.values().stream().anyMatch(tally -> tally.name().equals(fullName));
    } finally {
      lock.unlock();
    }
  }
}
