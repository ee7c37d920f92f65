package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.key.LimitTold.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Four keys of a provider with limits, at nine tenths of what they allow together, and answers that
 * come late: what they teach is enough to stay within the limits.
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

  private record Answer(int key, LimitTold told, long takenAt, long arrives) {}

  @ParameterizedTest(
      name = "even {0}, claimed {4}, answers late by up to {1} ticks, in turn {2}, in bursts {3}")
  @CsvSource({
    "false, 1, false, false, false",
    "false, 5, false, false, false",
    "false, 12, false, false, false",
    "false, 5, true, false, false",
    "false, 5, false, true, false",
    "false, 5, true, true, false",
    "true, 1, false, false, true",
    "true, 5, false, false, true",
    "true, 12, false, false, true",
    "true, 5, true, false, true",
    "true, 5, false, true, true",
    "true, 5, true, true, true",
    "false, 1, false, false, true",
    "false, 5, false, false, true",
    "false, 12, false, false, true",
    "false, 5, true, false, true",
    "false, 5, false, true, true",
    "false, 5, true, true, true"
  })
  void nothingIsSentOverTheLimitOnceItIsLearned(
      boolean even, int late, boolean inTurn, boolean inBursts, boolean claimedEven) {
    Random random = new Random(late);
    List<LearnedAllowance> lanes = new ArrayList<>();
    List<Counted> provider = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      lanes.add(new LearnedAllowance());
      provider.add(even ? new Evenly() : new InWindows(i * 17L * TICK + TICK / 3, claimedEven));
    }
    PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparing(Answer::arrives));
    long refused = 0;
    long sent = 0;
    double waiting = 0;
    int next = 0;
    for (long now = 0; now < (WINDOWS + 1) * WINDOW; now += TICK) {
      while (!answers.isEmpty() && answers.peek().arrives() <= now) {
        Answer answer = answers.remove();
        LearnedAllowance lane = lanes.get(answer.key());
        lane.learn(List.of(answer.told()), answer.takenAt(), now);
        lane.settle(Need.ONE, Spent.UNTOLD, answer.takenAt(), now);
      }
      waiting += inBursts ? burst(now) : PER_TICK;
      for (int tried = 0; waiting >= 1 && tried < KEYS; ) {
        int key = inTurn ? next++ % KEYS : tried;
        if (!lanes.get(key).tryTake(Need.ONE, now)) {
          tried++;
          continue;
        }
        waiting--;
        sent++;
        if (!provider.get(key).admit(now) && now >= WINDOW) {
          refused++;
        }
        long arrives = now + (1 + random.nextInt(late)) * TICK;
        answers.add(new Answer(key, provider.get(key).tell(now), now, arrives));
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
