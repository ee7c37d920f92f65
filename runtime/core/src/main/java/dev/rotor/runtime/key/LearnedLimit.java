package dev.rotor.runtime.key;

import dev.rotor.runtime.key.LimitTold.Kind;
import java.time.Duration;

/**
 * One limit as a provider tells it, and what is left of it between two answers. Not thread-safe.
 *
 * <p>Two counts are kept, and the lower one holds. Ours begins full with each window and counts
 * what was taken, settled when the cost is known; it lacks what others use of the same limit. The
 * provider's is the newest that it told, less what was taken since; it lacks what was on its way
 * when it was told.
 *
 * <p>The end of a window is known to lie between two instants only, by the time that an answer
 * takes to travel. What is taken between them counts in both windows.
 */
final class LearnedLimit {

  /** Stands for a whole that is not told. */
  private static final long UNTOLD = 1L << 52;

  private static final long LONGEST = Duration.ofDays(1).toNanos();

  /** A window that ends later than this is a quota's, which is not ours to spread. */
  private static final long LONG = Duration.ofHours(1).toNanos();

  private static final long TOLERANCE = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final Kind kind;
  private long whole;
  private boolean resting;
  private final EvenClaim claim = new EvenClaim();
  private final Reconciliation reconciliation;

  /** Whether it was said to fill up evenly, and found not to. */
  private boolean inWindows;

  private long ours;
  private long theirs;

  /** When the newest answer was learned, and when its attempt was sent. */
  private long toldAt;

  private long sentAt;

  /** How much comes back in a nanosecond, and since when; 0: all at once. */
  private double perNano;

  private long since;

  /** The window begins, and ends between {@code soonest} and {@code reset}. */
  private long start;

  private long soonest;
  private long reset;
  private long length;

  /** Taken since {@code soonest}. */
  private long early;

  /** Whether the window's end is not told yet, but taken to come as late as one ever did. */
  private boolean guessed;

  /** The end of the window before. */
  private long resetBefore;

  /** Creates what a first answer tells; it must be {@link #isTelling}. */
  LearnedLimit(LimitTold told, long takenAt, long now) {
    this.name = told.name();
    this.reconciliation = new Reconciliation(now);
    this.kind = told.kind();
    this.whole = whole(told);
    this.ours = remaining(told);
    this.start = now;
    this.since = now;
    this.guessed = true;
    this.resetBefore = now - LONGEST;
    this.sentAt = takenAt - now > 0 ? now : takenAt;
    this.theirs = ours;
    toldNow(told, sentAt, Math.min(told.resetNanos(), LONGEST), now);
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

  void learn(LimitTold told, long takenAt, long now) {
    roll(now);
    long sent = takenAt - now > 0 ? now : takenAt;
    long nanos = Math.min(told.resetNanos(), LONGEST);
    if (isOld(told, sent + nanos, now + nanos)) {
      return;
    }
    if (!guessed && !isEven(told) && sent + nanos - reset > tolerance()) {
      resetBefore = reset;
      begin(soonest - now > 0 ? now : soonest);
      theirs = Math.min(theirs, remaining(told));
    }
    resize(told);
    toldNow(told, sent, nanos, now);
  }

  /**
   * Whether an answer is of the window before, or of an earlier state of one that fills up evenly:
   * the more is used, the later that is full.
   *
   * @param from the window that it tells ends then or later
   * @param to and no later than this
   */
  private boolean isOld(LimitTold told, long from, long to) {
    if (guessed) {
      return !isEven(told) && from - resetBefore <= tolerance();
    }
    return resting && to - (isEven(told) ? reset : soonest) < -tolerance();
  }

  private long tolerance() {
    return Math.min(TOLERANCE, length / 4);
  }

  private void resize(LimitTold told) {
    long next = told.limit() > 0 ? whole(told) : whole;
    if (next != whole) {
      ours = whole == UNTOLD ? next : ours + next - whole;
      whole = next;
      claim.reset();
    }
  }

  private void toldNow(LimitTold told, long sent, long nanos, long now) {
    long remaining = remaining(told);
    rebase(now);
    // Requests are counted alike on both sides. Tokens are taken by estimate, so that the newest
    // answer knows better than what was counted down since the one before.
    boolean newest = sent - sentAt >= 0;
    reconciliation.told(remaining);
    theirs = kind == Kind.REQUESTS || !newest ? Math.min(theirs, remaining) : remaining;
    if (newest) {
      sentAt = sent;
    }
    toldAt = now;
    if (isEven(told)
        && whole != UNTOLD
        && claim.isRefutedBy(whole - remaining, whole, sent, nanos, now)) {
      inWindows = true;
      early = 0;
      // less what seemed to have come back
      ours = Math.min(ours, remaining);
    }
    if (isEven(told)) {
      soonest = now;
      reset = now + nanos;
      early = 0;
      if (remaining < whole && whole != UNTOLD) {
        perNano = (whole - remaining) / (double) nanos;
      }
    } else {
      perNano = 0;
      narrow(sent + nanos, now + nanos);
    }
    guessed = false;
    length = Math.max(length, nanos);
    resting = nanos <= LONG || remaining == 0;
  }

  /** What another answer tells of the same window's end makes it better known. */
  private void narrow(long from, long to) {
    boolean isNews = guessed || from - reset > 0 || to - soonest < 0;
    soonest = isNews || from - soonest > 0 ? from : soonest;
    reset = isNews || to - reset < 0 ? to : reset;
  }

  /** Begins the next window when this one has ended. */
  private void roll(long now) {
    if (reset - now > length + TOLERANCE) {
      // the clock was put back
      early = 0;
      resetBefore = now - LONGEST;
      begin(now);
    } else if (now - reset >= 0) {
      resetBefore = reset;
      if (now - reset >= length) {
        early = 0;
        begin(now);
      } else {
        begin(reset);
      }
    }
  }

  private void begin(long from) {
    reconciliation.forget();
    ours = whole - early;
    theirs = ours;
    early = 0;
    start = from;
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
    return !resting || amount(need) - Math.min(ours, theirs) <= gained(now);
  }

  /** Nanoseconds until there is enough; 0: there is, or an answer that is to come may tell so. */
  long nanosTo(Need need, long now) {
    if (isEnoughFor(need, now) || reconciliation.mayFind(amount(need))) {
      return 0;
    }
    long missing = amount(need) - Math.min(ours, theirs);
    long wait = reset - now;
    return perNano == 0 ? wait : Math.min(wait, since + nanosToGain(missing) - now);
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

  /** Takes what {@link #isEnoughFor} has found there. */
  void take(Need need, long now) {
    long amount = amount(need);
    rebaseWhenFull(now);
    ours -= amount;
    theirs -= amount;
    reconciliation.took();
    if (now - soonest >= 0) {
      early += amount;
    }
  }

  void settle(Need need, Spent spent, long takenAt, long now) {
    roll(now);
    settleCounts(need, spent, takenAt, now);
    reconciliation.ended(takenAt);
  }

  /**
   * Takes the answers' word for what is left, though attempts that are under way may have used it
   * up: a call that would be refused is better sent.
   *
   * @return whether that is more than was counted
   */
  boolean reconcile(long now) {
    roll(now);
    long left = reconciliation.least();
    rebase(now);
    if (left <= Math.min(ours, theirs)) {
      return false;
    }
    ours = Math.max(ours, left);
    theirs = Math.max(theirs, left);
    return true;
  }

  private void settleCounts(Need need, Spent spent, long takenAt, long now) {
    long difference = Math.min(kind.of(spent, need), whole) - amount(need);
    if (difference == 0 || takenAt - start < 0) {
      return;
    }
    rebaseWhenFull(now);
    ours = Math.min(ours - difference, whole - gained(now));
    if (difference > 0 ? takenAt - sentAt > 0 : takenAt - toldAt > 0) {
      theirs = Math.min(theirs - difference, whole - gained(now));
    }
    if (takenAt - soonest >= 0) {
      early = Math.max(0, early + difference);
    }
  }

  double freeShare(long now) {
    roll(now);
    long left = Math.min(Math.min(ours, theirs) + gained(now), whole);
    if (whole == UNTOLD) {
      return left > 0 ? 1 : 0;
    }
    return Math.max(0, (double) left / whole);
  }

  private long amount(Need need) {
    return Math.min(RateAllowance.amount(kind, need), whole);
  }

  /** Nothing comes back beyond the whole. */
  private void rebaseWhenFull(long now) {
    if (perNano != 0) {
      long most = whole - gained(now);
      ours = Math.min(ours, most);
      theirs = Math.min(theirs, most);
    }
  }

  private void rebase(long now) {
    long gained = gained(now);
    ours = Math.min(ours + gained, whole);
    theirs = Math.min(theirs + gained, whole);
    since = now;
  }
}
