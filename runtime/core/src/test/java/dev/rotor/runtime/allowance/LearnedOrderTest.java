package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What answers teach that come late, out of order, of attempts that nobody counted, or by another
 * rule than the profile says.
 */
class LearnedOrderTest {

  private final FakeClock clock = new FakeClock();
  private final LearnedAllowance learned = new LearnedAllowance();

  private record Attempt(Need need, @Nullable Reading reading, long takenAt) {}

  private long now() {
    return clock.nanoTime();
  }

  private void advance(String time) {
    clock.advance(Duration.parse("PT" + time));
  }

  private Attempt send(Need need) {
    assertThat(learned.tryTake(need, now())).isTrue();
    return new Attempt(need, learned.reading(now()), now());
  }

  private void tellOf(
      Attempt a, Kind kind, long limit, long remaining, String reset, boolean even) {
    LimitTold told =
        new LimitTold("l", kind, limit, remaining, Duration.parse("PT" + reset).toNanos(), even);
    learned.learn(List.of(told), a.need(), a.reading(), a.takenAt(), now());
  }

  /** Has the answer of a first attempt tell a limit. */
  private void known(Kind kind, long limit, long remaining, String reset, boolean even) {
    Attempt first = send(Need.ONE);
    tellOf(first, kind, limit, remaining, reset, even);
    end(first, Spent.UNTOLD);
  }

  private void end(Attempt a, Spent spent) {
    learned.settle(a.need(), spent, a.takenAt(), now());
  }

  private long taken(long most) {
    long n = 0;
    while (n < most && learned.tryTake(Need.ONE, now())) {
      n++;
    }
    return n;
  }

  /** Told by an attempt that was sent a little before the newest one. */
  @Test
  void nextWindowToldByAnEarlierAttempt() {
    known(Kind.REQUESTS, 10, 2, "60S", false);
    advance("55S");
    Attempt a = send(Need.ONE);
    advance("0.1S");
    Attempt b = send(Need.ONE);
    advance("2.9S");
    tellOf(b, Kind.REQUESTS, 10, 0, "4.8S", false);
    end(b, Spent.UNTOLD);
    advance("1.99S");
    tellOf(a, Kind.REQUESTS, 10, 9, "59.9S", false);
    end(a, Spent.UNTOLD);
    assertThat(learned.nanosTo(Need.ONE, now())).as("9 of the new window are left").isZero();
  }

  /** Told by one that was sent before anything was known. */
  @Test
  void nextWindowToldByAnAttemptWithoutReading() {
    Attempt a = send(Need.ONE);
    Attempt b = send(Need.ONE);
    advance("1S");
    tellOf(a, Kind.REQUESTS, 10, 0, "2S", false);
    end(a, Spent.UNTOLD);
    advance("1.5S");
    tellOf(b, Kind.REQUESTS, 10, 9, "59.5S", false);
    end(b, Spent.UNTOLD);
    assertThat(learned.nanosTo(Need.ONE, now())).isZero();
  }

  /** What is taken puts off the instant at which such a limit is full. */
  @Test
  void evenLimitIsNotFullAtAnInstantToldBeforeMoreWasTaken() {
    known(Kind.REQUESTS, 100, 83, "10.2S", true);
    advance("1S");
    for (int i = 0; i < 84; i++) {
      send(Need.ONE);
    }
    assertThat(taken(10)).isZero();
    advance("9.3S"); // 10.3: at 100/60 s at most 16 have come back
    assertThat(taken(1000)).isLessThanOrEqualTo(17);
  }

  @Test
  void evenLimitManyTimes() {
    known(Kind.REQUESTS, 100, 95, "3S", true);
    long all = 0;
    for (int s = 0; s < 30; s++) { // no answer comes for 30 s
      all += taken(1000);
      advance("1S");
    }
    assertThat(all).as("bucket of 100, 50 come back").isLessThanOrEqualTo(150);
  }

  /** Tokens: an attempt that has cost more than its estimate, after it has aged. */
  @Test
  void costBeyondTheEstimateIsForgottenByTheNextAnswer() {
    known(Kind.TOKENS, 10_000, 10_000, "60S", false);
    Attempt a = send(Need.ONE); // no max_tokens: estimate 1
    advance("0.1S");
    Attempt b = send(Need.ONE); // the provider tells at admission: 10000
    advance("4S");
    end(a, new Spent(true, 0, 9_000, 9_000));
    assertThat(learned.freeShare(now())).isLessThan(0.11);
    // b's answer: what was left when it came in, that is without a's cost
    tellOf(b, Kind.TOKENS, 10_000, 10_000, "55.8S", false);
    end(b, new Spent(true, 0, 10, 10));
    assertThat(learned.freeShare(now())).isLessThan(0.11);
  }

  /** The same within the travel time is right. */
  @Test
  void costBeyondTheEstimateWithinASecondIsKept() {
    known(Kind.TOKENS, 10_000, 10_000, "60S", false);
    Attempt a = send(Need.ONE);
    advance("0.1S");
    Attempt b = send(Need.ONE);
    advance("0.5S");
    end(a, new Spent(true, 0, 9_000, 9_000));
    tellOf(b, Kind.TOKENS, 10_000, 10_000, "59.3S", false);
    assertThat(learned.freeShare(now())).isLessThan(0.11);
  }

  /** A long window that is used up: an older answer makes it free. */
  @Test
  void anOlderAnswerDoesNotEndTheRestOfAUsedUpQuota() {
    Attempt first = send(Need.ONE);
    tellOf(first, Kind.REQUESTS, 100, 2, "5H", false);
    Attempt a = send(Need.ONE);
    advance("0.1S");
    Attempt b = send(Need.ONE);
    advance("0.1S");
    tellOf(b, Kind.REQUESTS, 100, 0, "5H", false);
    end(b, Spent.UNTOLD);
    assertThat(taken(10)).isZero();
    tellOf(a, Kind.REQUESTS, 100, 1, "5H", false);
    end(a, Spent.UNTOLD);
    assertThat(taken(10)).isZero();
  }

  /** Adopted attempt: taken long before it is sent. */
  @Test
  void anAttemptSentLongAfterItWasTaken() {
    known(Kind.REQUESTS, 100, 10, "60S", false);
    Attempt adopted = send(Need.ONE);
    advance("3S");
    send(Need.ONE);
    advance("0.1S");
    tellOf(adopted, Kind.REQUESTS, 100, 9, "56.9S", false);
    assertThat(taken(100)).isEqualTo(8);
  }

  /** Less was used than the provider had reserved. */
  @Test
  void evenRefundIsLearned() {
    known(Kind.TOKENS, 10_000, 0, "60S", true);
    advance("1S");
    learned.tryTake(Need.ONE, now());
    Attempt later = new Attempt(Need.ONE, learned.reading(now()), now());
    advance("0.2S");
    tellOf(later, Kind.TOKENS, 10_000, 9_000, "6S", true);
    assertThat(learned.tryTake(Need.ONE.withTokens(5000, 0), now(), true)).isTrue();
  }

  /** A limit that shrinks, told by an answer that is not the newest. */
  @Test
  void aSmallerLimitToldByAnOlderAttempt() {
    known(Kind.REQUESTS, 1000, 500, "60S", false);
    Attempt a = send(Need.ONE);
    advance("0.1S");
    Attempt b = send(Need.ONE);
    advance("0.1S");
    tellOf(b, Kind.REQUESTS, 1000, 498, "59.8S", false);
    end(b, Spent.UNTOLD);
    tellOf(a, Kind.REQUESTS, 100, 90, "59.8S", false);
    end(a, Spent.UNTOLD);
    assertThat(taken(1)).isEqualTo(1);
  }

  /** Clock put back. */
  @Test
  void aClockThatIsPutBackCostsOneWindow() {
    known(Kind.REQUESTS, 10, 10, "10S", false);
    clock.advance(Duration.ofHours(-1));
    for (int window = 0; window < 10; window++) {
      advance("11S");
      for (int i = 0; i < 5; i++) {
        end(send(Need.ONE), Spent.UNTOLD);
      }
    }
  }

  /** Under way at the end, its answer tells the old window. */
  @Test
  void anAnswerOfTheOldWindowSaysThatItCountedThere() {
    known(Kind.REQUESTS, 1, 1, "60S", false);
    advance("59.5S");
    Attempt a = send(Need.ONE);
    advance("0.6S");
    assertThat(learned.tryTake(Need.ONE, now())).isFalse();
    tellOf(a, Kind.REQUESTS, 1, 0, "0.3S", false); // told at 59.7
    end(a, Spent.UNTOLD);
    assertThat(Duration.ofNanos(learned.nanosTo(Need.ONE, now())))
        .isLessThan(Duration.ofSeconds(3));
  }

  /** Each thread read the clock before it waited for the lock. */
  @Test
  void threadsThatComeOutOfOrderForgetNothing() {
    known(Kind.REQUESTS, 10, 10, "2S", false);
    advance("1.5S");
    send(Need.ONE);
    long before = now() - 1;
    assertThat(learned.tryTake(Need.ONE, before)).isTrue();
    advance("0.501S");
    assertThat(taken(100)).as("two may get there in this window").isEqualTo(8);
    learned.settle(Need.ONE, Spent.NOTHING, before, now());
    assertThat(taken(100)).as("one never got there").isEqualTo(1);
  }
}
