package dev.rotor.runtime.allowance;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit as a provider tells it, and what is left of it between two answers. Not thread-safe.
 *
 * <p>What is left is counted: it begins full with each window, less what may still be on its way
 * from the one before, and falls with what is taken, by estimate until its cost is known. Each
 * answer says between which bounds it can be. At most what it tells: there are others who use the
 * same limit. At least that much less all that it may not have counted, which is what was under way
 * when its request was sent, and what was taken since: what failed on its way was not counted.
 *
 * <p>The end of a window is known to lie between two instants only, by the time that an answer
 * takes to travel.
 */
final class LearnedLimit {

  /** Stands for a whole that is not told. */
  private static final long UNTOLD = 1L << 52;

  private static final long LONGEST = Duration.ofDays(1).toNanos();

  /** A window that ends later than this is a quota's, which is not ours to spread. */
  private static final long LONG = Duration.ofHours(1).toNanos();

  private static final long TOLERANCE = Duration.ofSeconds(1).toNanos();

  /** What is told of a time is cut to this at best, so that it may be so much later. */
  private static final long ROUNDING = Duration.ofMillis(1).toNanos();

  private final String name;
  private final Kind kind;
  private final EvenClaim claim = new EvenClaim();
  private final UnderWay underWay;
  private final long created;
  private long whole;
  private boolean resting;

  /** Whether it was said to fill up evenly, and found not to. */
  private boolean inWindows;

  private long left;

  /** The same if the newest answer has counted all that was under way. */
  private long most;

  /** When the newest answer was learned, and when its attempt was sent. */
  private long toldAt;

  private long sentAt;

  /** How much comes back in a nanosecond, and since when; 0: all at once. */
  private double perNano;

  private long since;

  /** What was taken from then on counts in this window, which has begun then or later. */
  private long start;

  private long begun;

  /** The window ends between {@code soonest} and {@code reset}. */
  private long soonest;

  private long reset;
  private long length;

  /** Whether the window's end is not told yet, but taken to come as late as one ever did. */
  private boolean guessed;

  /** The end of the window before. */
  private long resetBefore;

  /** Creates what a first answer tells; it must be {@link #isTelling}. */
  LearnedLimit(LimitTold told, long takenAt, long now) {
    this.name = told.name();
    this.kind = told.kind();
    this.underWay = new UnderWay(now);
    this.created = now;
    this.whole = whole(told);
    this.left = remaining(told);
    this.most = left;
    this.start = now;
    this.begun = now;
    this.since = now;
    this.guessed = true;
    this.resetBefore = now - LONGEST;
    this.sentAt = sent(takenAt, now);
    toldNow(told, sentAt, nanos(told), now);
  }

  /** Whether anything can be learned of it: what is left, and until when. */
  static boolean isTelling(LimitTold told) {
    return told.remaining() >= 0 && told.resetNanos() > 0;
  }

  boolean isOf(LimitTold told) {
    return kind == told.kind() && name.equals(told.name());
  }

  String name() {
    return name;
  }

  private boolean isEven(LimitTold told) {
    return told.even() && !inWindows;
  }

  private static long whole(LimitTold told) {
    return told.limit() > 0 ? Math.min(told.limit(), UNTOLD) : UNTOLD;
  }

  private long remaining(LimitTold told) {
    return Math.min(told.remaining(), whole);
  }

  private static long nanos(LimitTold told) {
    return Math.min(told.resetNanos(), LONGEST);
  }

  private static long sent(long takenAt, long now) {
    return takenAt - now > 0 ? now : takenAt;
  }

  /** What was {@link UnderWay#counted} by now: how it stood for an attempt that is sent now. */
  long counted(long now) {
    underWay.age(now);
    return underWay.counted();
  }

  /**
   * Takes in what the answer of an attempt tells.
   *
   * @param need what the attempt has taken; null: nothing
   * @param countedThen how it stood when the attempt was sent; {@link Reading#UNKNOWN}
   */
  void learn(LimitTold told, @Nullable Need need, long countedThen, long takenAt, long now) {
    roll(now);
    long sent = sent(takenAt, now);
    long nanos = nanos(told);
    if (isOld(told, sent + nanos, now + nanos)) {
      countedBefore(need, takenAt);
      return;
    }
    boolean next = !guessed && !isEven(told) && sent + nanos - reset > tolerance();
    if (next) {
      // what is left of it is between what is told and that without what is under way
      resetBefore = reset;
      guessed = true;
    }
    if (resize(told) || next) {
      // nothing that was told before can be newer
      sentAt = sent;
    }
    boolean newest = toldNow(told, sent, nanos, now);
    if (newest && (next || countedThen != Reading.UNKNOWN)) {
      long since = countedThen == Reading.UNKNOWN ? 0 : underWay.counted() - countedThen;
      // of its own cost, only that it was a request is surely counted
      boolean isItsOwn = need != null && kind == Kind.REQUESTS && takenAt - created >= 0;
      long own = isItsOwn && countedThen != Reading.UNKNOWN ? 1 : 0;
      long uncounted = since + underWay.amount() - own;
      left = Math.max(left, Math.min(remaining(told) - uncounted, most));
    }
  }

  /** A request that was taken for one of this window has counted in the one before. */
  private void countedBefore(@Nullable Need need, long takenAt) {
    boolean inDoubt = takenAt - start >= 0 && takenAt - begun < 0;
    if (need != null && kind == Kind.REQUESTS && inDoubt) {
      left = Math.min(left + 1, most);
    }
  }

  /**
   * Whether an answer is of the window before, or of an earlier state of one that fills up evenly,
   * which is full the later the more is used; unless it is the newest, for what was reserved and
   * not used may have come back.
   *
   * @param from the window that it tells ends then or later
   * @param to and no later than this
   */
  private boolean isOld(LimitTold told, long from, long to) {
    if (guessed) {
      return !isEven(told) && from - resetBefore <= tolerance();
    }
    long sent = from - nanos(told);
    return resting
        && to - (isEven(told) ? reset : soonest) < -tolerance()
        && !(isEven(told) && sent - sentAt >= 0);
  }

  private long tolerance() {
    return Math.min(TOLERANCE, length / 4);
  }

  /** Whether the limit is another. */
  private boolean resize(LimitTold told) {
    long next = told.limit() > 0 ? whole(told) : whole;
    if (next == whole) {
      return false;
    }
    left = whole == UNTOLD ? Math.min(left, next) : left + next - whole;
    whole = next;
    claim.reset();
    return true;
  }

  /** Whether no answer to an attempt that was sent later is known. */
  private boolean toldNow(LimitTold told, long sent, long nanos, long now) {
    long remaining = remaining(told);
    boolean newest = sent - sentAt >= 0;
    rebase(now);
    if (isEven(told)
        && whole != UNTOLD
        && claim.isRefutedBy(whole - remaining, whole, sent, nanos, now)) {
      inWindows = true;
    }
    long bound = remaining;
    if (!isEven(told)) {
      perNano = 0;
      narrow(sent + nanos, now + nanos + ROUNDING);
    } else if (newest) {
      soonest = now;
      reset = now + nanos + ROUNDING;
      if (remaining < whole && whole != UNTOLD) {
        perNano = (whole - remaining) / (double) (nanos + ROUNDING);
      }
    }
    if (perNano != 0) {
      // it may have been told as early as that
      bound = (long) Math.min((double) whole, remaining + (now - sent) * perNano);
    }
    most = newest ? bound : Math.min(most, bound);
    left = Math.min(left, most);
    if (newest) {
      sentAt = sent;
    }
    toldAt = now;
    guessed = false;
    length = Math.max(length, nanos);
    resting = nanos <= LONG || remaining == 0 || (!newest && resting);
    return newest;
  }

  /** What another answer tells of the same window's end makes it better known. */
  private void narrow(long from, long to) {
    boolean isNews = guessed || from - reset > 0 || to - soonest < 0;
    soonest = isNews || from - soonest > 0 ? from : soonest;
    reset = isNews || to - reset < 0 ? to : reset;
  }

  /** Begins the next window when this one has ended. */
  private void roll(long now) {
    underWay.age(now);
    if (reset - now > length + TOLERANCE) {
      // the clock was put back
      resetBefore = now - LONGEST;
      begin(now);
    } else if (now - reset >= 0) {
      resetBefore = reset;
      if (perNano != 0) {
        // full by then, less what was taken since that was told: it is counted bit by bit
        guessed = true;
        reset = now + length;
        soonest = reset;
      } else {
        begin(now - reset >= length ? now : reset);
      }
    }
  }

  private void begin(long from) {
    left = whole - underWay.amount();
    most = whole;
    start = underWay.since();
    begun = from;
    since = from;
    toldAt = from;
    reset = from + length;
    soonest = reset;
    guessed = true;
    resting = length <= LONG;
  }

  /** Whether there is enough. */
  boolean isEnoughFor(Need need, long now) {
    roll(now);
    return !resting || amount(need) - left <= gained(now);
  }

  /** Whether there is enough if the newest answer has counted all that was under way. */
  boolean mayBeEnoughFor(Need need, long now) {
    roll(now);
    return !resting || amount(need) - most <= gained(now);
  }

  /** Nanoseconds until there is enough; 0: there is. */
  long nanosTo(Need need, long now) {
    if (isEnoughFor(need, now)) {
      return 0;
    }
    return (perNano == 0 ? reset : since + nanosToGain(amount(need) - left)) - now;
  }

  private long nanosToGain(long amount) {
    long nanos = (long) Math.min(amount / perNano, (double) LONGEST);
    while (nanos < LONGEST && gained(since + nanos) < amount) {
      nanos++;
    }
    return nanos;
  }

  private long gained(long now) {
    return perNano == 0 || now - since <= 0
        ? 0
        : (long) Math.min((now - since) * perNano, (double) UNTOLD);
  }

  /** Takes what was found there. */
  void take(Need need, long now) {
    long amount = amount(need);
    rebaseWhenFull(now);
    left -= amount;
    most -= amount;
    underWay.took(amount, now);
  }

  /** Puts what an attempt has cost in the place of what it took. */
  void settle(Need need, Spent spent, long takenAt, long now) {
    roll(now);
    long amount = amount(need);
    long actual = Math.min(kind.of(spent, need), whole);
    underWay.ended(amount, actual, takenAt);
    if (amount == actual || takenAt - start < 0) {
      return;
    }
    rebaseWhenFull(now);
    if (takenAt - toldAt > 0) {
      most += amount - actual;
    }
    // what was taken before the newest answer cannot leave more than that has told
    left = Math.min(left + amount - actual, Math.min(most, whole - gained(now)));
  }

  double freeShare(long now) {
    roll(now);
    long free = Math.min(left + gained(now), whole);
    if (whole == UNTOLD) {
      return free > 0 ? 1 : 0;
    }
    return Math.max(0, (double) free / whole);
  }

  private long amount(Need need) {
    return Math.min(RateAllowance.amount(kind, need), whole);
  }

  /** Nothing comes back beyond the whole. */
  private void rebaseWhenFull(long now) {
    if (perNano != 0) {
      long full = whole - gained(now);
      left = Math.min(left, full);
      most = Math.min(most, full);
    }
  }

  private void rebase(long now) {
    long gained = gained(now);
    left = Math.min(left + gained, whole);
    most = Math.min(most + gained, whole);
    since = now;
  }
}
