package dev.rotor.runtime.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One line at work: what was used of it in each span that still counts. Guarded by its page's lock.
 *
 * <p><b>Leases.</b> Use may go only as far as what was {@link Slot#granted}, which is written
 * before it is used, and read back as used when a process died. So a quota is never exceeded, and
 * each unclean end loses at most about one lease. A lease is a sixteenth of the loss that is left,
 * which is one hundredth of the limit in all: it begins small and gets smaller with each loss, down
 * to 1. Where one need is larger than that, a lease may take up to half of what is left, since a
 * lease smaller than a need is of no use.
 *
 * <p><b>Spans.</b> What was used counts in all spans of the line that it reaches into, so that
 * settings that divide time otherwise forget nothing. What counts no more is kept until the next
 * span has begun as well, here and in the store: it counts again when the wall clock was wrong, and
 * is put back.
 */
final class Tally {

  private static final long LOSS_DIVISOR = 100;
  private static final long LEASES = 16;
  private static final long NEXT_SPAN_AHEAD_MILLIS = 60_000;
  private static final int SPANS_REMEMBERED = 3;

  /** Clocks differ a little, and are put right by a little: nothing is done about that. */
  private static final long BACK_MILLIS = 60_000;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final String name;
  private final Line line;
  private final long since;
  // foreign ones among them, of the spans that this line had before its settings changed
  private final NavigableMap<Long, Slot> slots = new TreeMap<>();

  private Slot current;
  // the start of the span before, that time has gone on from
  private long before = UNKNOWN;
  private Slot[] byEnd = {};
  private long others;
  private long lost;
  private long wanted;
  private long largest;
  private boolean loaded;
  private boolean moved = true;

  Tally(String name, Line line, long since, long wall) {
    this(name, line, since, List.of(), wall);
  }

  private Tally(String name, Line line, long since, Collection<Slot> known, long wall) {
    this.name = name;
    this.line = line;
    this.since = since;
    known.forEach(slot -> slots.put(slot.start, slot));
    this.current = slot(line.spans().at(wall));
    recount();
  }

  /** The same count under other settings. */
  Tally with(Line next, long countsSince, long wall) {
    Tally tally = new Tally(name, next, countsSince, slots.values(), wall);
    tally.loaded = loaded;
    tally.wanted = wanted;
    tally.largest = largest;
    tally.before = before;
    return tally;
  }

  String name() {
    return name;
  }

  Line line() {
    return line;
  }

  /** Since which instant of the monotonic clock attempts take from it. */
  long since() {
    return since;
  }

  boolean isLoaded() {
    return loaded;
  }

  /** What the store has is to be read again. */
  void unload() {
    loaded = false;
    slots.values().forEach(Slot::unload);
  }

  private Slot slot(Span span) {
    Slot slot = slots.computeIfAbsent(span.start(), start -> new Slot(name, start, span.end()));
    slot.end = span.end();
    return slot;
  }

  /** Whether it counts no more when a span has begun. */
  private boolean isOver(Slot slot, long start) {
    return slot.end + line.spans().countedFor() <= start;
  }

  private boolean counts(Slot slot) {
    return slot.start < current.end && !isOver(slot, current.start);
  }

  private void recount() {
    Spans spans = line.spans();
    others = 0;
    lost = 0;
    List<Slot> counted = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (counts(slot)) {
        // one of other settings counts until a span of this line ends
        slot.countsUntil = spans.at(slot.end + spans.countedFor() - 1).end();
        counted.add(slot);
        lost += slot.lost;
        others += slot == current ? 0 : slot.used;
      }
    }
    counted.sort(Comparator.comparingLong(slot -> slot.countsUntil));
    byEnd = counted.toArray(new Slot[0]);
  }

  /** Goes to the span of an instant; whether it is another. */
  boolean advance(long wall) {
    if (wall >= current.end) {
      goOn(wall);
    } else if (wall < current.start - BACK_MILLIS) {
      goBack(wall);
    } else {
      return false;
    }
    recount();
    return true;
  }

  private void goOn(long wall) {
    slots.values().removeIf(slot -> slot != current && isOver(slot, current.start));
    before = current.start;
    current = slot(line.spans().at(wall));
    moved = true;
  }

  /**
   * The clock was wrong, then or now. What was used counts in both spans: the one that it goes back
   * to, and the one that was taken for the present, when that comes.
   */
  private void goBack(long wall) {
    Slot present = slot(line.spans().at(wall));
    present.used += current.used;
    current = present;
    before = UNKNOWN;
    moved = false;
    // what is written of it may be known no more
    loaded = false;
  }

  long total() {
    return others + current.used;
  }

  /** Whether that much is left; at least 1 must be. */
  boolean fits(long amount) {
    return Math.max(1, amount) <= line.limit() - total();
  }

  /** Whether that much may be used without writing first. */
  boolean isLeased(long amount) {
    return Math.max(1, amount) <= current.free();
  }

  void want(long amount) {
    wanted = Math.max(wanted, Math.max(1, amount));
  }

  void take(long amount) {
    current.used += amount;
    largest = Math.max(amount, largest - largest / 8);
    if (amount >= wanted) {
      wanted = 0;
    }
  }

  /** Whether the next lease is to be written soon. */
  boolean isLow() {
    return current.free() * 2 <= lease();
  }

  /** Whether more is leased than should be lost. */
  boolean isHigh() {
    return current.free() > 2 * Math.max(lease(), wanted);
  }

  private long lease() {
    long left = Math.max(0, line.limit() / LOSS_DIVISOR - lost);
    long lease = Math.max(1, left / LEASES);
    return largest <= left / 2 ? Math.max(lease, largest) : lease;
  }

  /** Adds to what was used at an instant, or takes off. */
  void correct(long difference, long takenAt) {
    Slot slot = current;
    if (takenAt < current.start) {
      var then = slots.floorEntry(takenAt);
      if (then == null || then.getValue().end <= takenAt) {
        return; // its time is over
      }
      slot = then.getValue();
      if (!counts(slot)) {
        return;
      }
    }
    long used = Math.max(0, slot.used + difference);
    others += slot == current ? 0 : used - slot.used;
    slot.used = used;
  }

  /** Milliseconds until time alone lets that much fit; {@link Long#MAX_VALUE}: never. */
  long millisTo(long amount, long wall) {
    long needed = Math.max(1, amount);
    if (needed > line.limit()) {
      return Long.MAX_VALUE;
    }
    long over = total() - (line.limit() - needed);
    if (over <= 0) {
      return 0;
    }
    for (Slot slot : byEnd) {
      over -= slot.used;
      if (over <= 0) {
        return Math.max(1, slot.countsUntil - wall);
      }
    }
    throw new IllegalStateException("the parts of " + name + " are less than the whole");
  }

  double freeShare() {
    double limit = line.limit();
    return limit == 0 ? 0 : Math.max(0, Math.min(1, (limit - total()) / limit));
  }

  /** Takes over what the store has. */
  void load(List<Entry> found) {
    for (Entry entry : found) {
      Slot slot = slots.get(entry.start());
      if (slot == null) {
        slot = new Slot(name, entry.start(), entry.end());
        slots.put(slot.start, slot);
      }
      slot.merge(entry);
      if (slot.start < current.start) {
        before = Math.max(before, slot.start);
      }
    }
    loaded = true;
    recount();
  }

  /** Makes use of a span at least this. */
  void raise(Span span, long amount) {
    Slot slot = slots.computeIfAbsent(span.start(), start -> new Slot(name, start, span.end()));
    slot.used = Math.max(slot.used, amount);
    recount();
  }

  /**
   * Says what is to be written now.
   *
   * @param ending whether nothing may be lost any more: only what is wanted is leased
   */
  void plan(long wall, boolean ending, Batch batch) {
    for (Slot slot : slots.values()) {
      if (slot == current) {
        plan(slot, line.limit() - total(), ending, batch);
      } else if (isLeftOver(slot, ending) && (slot.used > 0 || slot.written != null)) {
        batch.addIfNew(slot, slot.entry(0));
      }
    }
    if (!ending && wall >= current.end - NEXT_SPAN_AHEAD_MILLIS) {
      planNext(batch);
    }
    if (moved && before != UNKNOWN) {
      moved = false;
      long length = current.end - current.start;
      batch.forget(name, before - line.spans().countedFor() - SPANS_REMEMBERED * length);
    }
  }

  /** Whether nothing more is to be leased of it: it is not the next one. */
  private boolean isLeftOver(Slot slot, boolean ending) {
    return !isOver(slot, current.start) && (ending || slot.start != current.end);
  }

  private void plan(Slot slot, long room, boolean ending, Batch batch) {
    long lease = ending ? 0 : lease();
    long amount = Math.max(0, Math.min(Math.max(lease, wanted), room));
    long free = slot.free();
    boolean more = amount > free && (free < wanted || free * 2 <= lease);
    boolean less = free > 2 * Math.max(lease, wanted);
    Entry written = slot.written;
    boolean owed = slot.used > (written == null ? 0 : written.granted());
    if (more || less || owed || ending) {
      // what is given up is given up before it is written, what is gained after
      slot.granted = Math.min(slot.granted, slot.used + amount);
      batch.addIfNew(slot, slot.entry(amount));
    }
  }

  /** So that the first call of a span need not wait for its lease. */
  private void planNext(Batch batch) {
    Slot next = slot(line.spans().at(current.end));
    long counted = 0;
    for (Slot slot : slots.values()) {
      if (slot != next && slot.start < next.start && !isOver(slot, next.start)) {
        counted += Math.max(slot.used, slot.granted);
      }
    }
    if (next.free() <= 0) {
      long room = line.limit() - counted - next.used;
      batch.addIfNew(next, next.entry(Math.max(0, Math.min(lease(), room))));
    }
  }

  /** What was wanted long ago is wanted no more. */
  void forgetWanted() {
    wanted = 0;
  }

  void addUsed(String page, List<Used> all) {
    for (Slot slot : slots.values()) {
      if (slot.used > 0 && !isOver(slot, current.start)) {
        all.add(
            new Used(
                page,
                line.name(),
                Instant.ofEpochMilli(slot.start),
                Instant.ofEpochMilli(slot.end),
                slot.used));
      }
    }
  }
}
