package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Four keys of a provider with limits, at nine tenths of what they allow together, requests that
 * take a while to get there, and answers that come late: what they teach is enough to stay within
 * the limits.
 */
class LearnedLoadTest {

  private static final long TICK = 100_000_000L;
  private static final long WINDOW = 100 * TICK;
  private static final long WHOLE = 100;
  private static final int KEYS = 4;
  private static final int WINDOWS = 10;
  private static final double PER_TICK = 0.9 * KEYS * WHOLE * TICK / WINDOW;

  /** What a provider counts of one key. */
  private abstract static class Counted {
    abstract boolean admit(long now);

    abstract LimitTold tell(long now);
  }

  /** All at once, in windows of its own clock. */
  private static final class InWindows extends Counted {
    private final long offset;
    private final boolean claimedEven;
    private long window = Long.MIN_VALUE;
    private long used;

    InWindows(long offset, boolean claimedEven) {
      this.offset = offset;
      this.claimedEven = claimedEven;
    }

    private void roll(long now) {
      long current = Math.floorDiv(now - offset, WINDOW);
      if (current != window) {
        window = current;
        used = 0;
      }
    }

    @Override
    boolean admit(long now) {
      roll(now);
      return ++used <= WHOLE;
    }

    @Override
    LimitTold tell(long now) {
      roll(now);
      long reset = (window + 1) * WINDOW + offset - now;
      return told(Math.max(0, WHOLE - used), reset, claimedEven);
    }
  }

  /** Bit by bit. */
  private static final class Evenly extends Counted {
    private static final long NANOS_EACH = WINDOW / WHOLE;
    private long fullAt = Long.MIN_VALUE / 2;

    @Override
    boolean admit(long now) {
      long next = Math.max(fullAt, now) + NANOS_EACH;
      if (next - now > WINDOW) {
        return false;
      }
      fullAt = next;
      return true;
    }

    @Override
    LimitTold tell(long now) {
      long missing = Math.max(0, fullAt - now);
      return told((WINDOW - missing) / NANOS_EACH, missing, true);
    }
  }

  private static LimitTold told(long remaining, long reset, boolean even) {
    return new LimitTold("x-remaining", Kind.REQUESTS, WHOLE, remaining, reset, even);
  }

  private record Attempt(int key, @Nullable Reading reading, long takenAt, long due) {}

  private record Answer(Attempt of, LimitTold told, long due) {}

  /**
   * How the provider is used.
   *
   * @param travel ticks until a request has got there, at most
   * @param late ticks until it is answered, at most
   * @param lostOf one in so many never gets there, and has no answer; 0: none
   */
  private record Load(
      boolean even,
      int travel,
      int late,
      boolean inTurn,
      boolean inBursts,
      boolean claimedEven,
      int lostOf) {}

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          EVEN,  TRAVEL, LATE, IN TURN, IN BURSTS, CLAIMED EVEN, LOST
          false, 0,      1,    false,   false,     false,        0
          false, 0,      5,    false,   false,     false,        0
          false, 0,      12,   false,   false,     false,        0
          false, 0,      5,    true,    false,     false,        0
          false, 0,      5,    false,   true,      false,        0
          false, 0,      5,    true,    true,      false,        0
          false, 3,      1,    false,   false,     false,        0
          false, 3,      1,    true,    false,     false,        0
          false, 3,      1,    false,   true,      false,        0
          false, 8,      20,   true,    true,      false,        0
          true,  0,      1,    false,   false,     true,         0
          true,  0,      5,    false,   false,     true,         0
          true,  0,      12,   false,   false,     true,         0
          true,  0,      5,    true,    false,     true,         0
          true,  0,      5,    false,   true,      true,         0
          true,  0,      5,    true,    true,      true,         0
          true,  3,      1,    false,   false,     true,         0
          true,  3,      1,    true,    true,      true,         0
          false, 0,      1,    false,   false,     true,         0
          false, 0,      5,    false,   false,     true,         0
          false, 0,      12,   false,   false,     true,         0
          false, 0,      5,    true,    false,     true,         0
          false, 0,      5,    false,   true,      true,         0
          false, 0,      5,    true,    true,      true,         0
          false, 3,      1,    true,    false,     true,         0
          false, 3,      1,    true,    true,      true,         0
          false, 1,      40,   true,    false,     false,        0
          false, 1,      40,   false,   true,      false,        0
          true,  1,      40,   true,    false,     true,         0
          false, 1,      5,    true,    false,     false,        5
          false, 1,      20,   true,    false,     false,        5
          false, 3,      5,    false,   true,      false,        3
          true,  1,      5,    true,    false,     true,         5
          true,  1,      20,   false,   false,     true,         3
          false, 1,      5,    true,    false,     true,         5
          """)
  void nothingIsSentOverTheLimitOnceItIsLearned(
      boolean even,
      int travel,
      int late,
      boolean inTurn,
      boolean inBursts,
      boolean claimedEven,
      int lostOf) {
    run(new Load(even, travel, late, inTurn, inBursts, claimedEven, lostOf));
  }

  private static void run(Load load) {
    Random random = new Random(load.late());
    List<LearnedAllowance> lanes = new ArrayList<>();
    List<Counted> provider = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      lanes.add(new LearnedAllowance());
      provider.add(
          load.even()
              ? new Evenly()
              : new InWindows(i * 17L * TICK + TICK / 3, load.claimedEven()));
    }
    PriorityQueue<Attempt> attempts = new PriorityQueue<>(Comparator.comparing(Attempt::due));
    PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparing(Answer::due));
    long refused = 0;
    long sent = 0;
    double waiting = 0;
    int next = 0;
    for (long now = 0; now < (WINDOWS + 1) * WINDOW; now += TICK) {
      while (!answers.isEmpty() && answers.peek().due() <= now) {
        Answer answer = answers.remove();
        LearnedAllowance lane = lanes.get(answer.of().key());
        Attempt of = answer.of();
        lane.learn(List.of(answer.told()), Need.ONE, of.reading(), of.takenAt(), now);
        lane.settle(Need.ONE, Spent.UNTOLD, of.takenAt(), now);
      }
      waiting += load.inBursts() ? burst(now) : PER_TICK;
      for (int tried = 0; waiting >= 1 && tried < KEYS; ) {
        int key = load.inTurn() ? next++ % KEYS : tried;
        if (!lanes.get(key).tryTake(Need.ONE, now)) {
          tried++;
          continue;
        }
        waiting--;
        sent++;
        long there = now + random.nextInt(load.travel() + 1) * TICK;
        attempts.add(new Attempt(key, lanes.get(key).reading(now), now, there));
      }
      while (!attempts.isEmpty() && attempts.peek().due() <= now) {
        Attempt attempt = attempts.remove();
        if (load.lostOf() > 0 && random.nextInt(load.lostOf()) == 0) {
          lanes.get(attempt.key()).settle(Need.ONE, Spent.UNTOLD, attempt.takenAt(), now);
          continue;
        }
        Counted key = provider.get(attempt.key());
        if (!key.admit(now) && now >= WINDOW) {
          refused++;
        }
        answers.add(
            new Answer(attempt, key.tell(now), now + (1 + random.nextInt(load.late())) * TICK));
      }
    }
    assertThat(refused).as("of %s", sent).isZero();
    assertThat(waiting).as("calls that still wait for a key").isLessThan(0.05 * sent);
  }

  /** As much, but all of it in a quarter of the time, which moves through the windows. */
  private static double burst(long now) {
    long period = WINDOW * 13 / 10;
    return now % period < period / 4 ? 4 * PER_TICK : 0;
  }
}
