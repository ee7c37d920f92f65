package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LearnedAllowanceTest {

  private final FakeClock clock = new FakeClock();
  private final LearnedAllowance learned = new LearnedAllowance();

  private long now() {
    return clock.nanoTime();
  }

  private void advance(String time) {
    clock.advance(Duration.parse("PT" + time));
  }

  private void told(long limit, long remaining, String reset) {
    tell("requests", Kind.REQUESTS, limit, remaining, reset, false);
  }

  private void tell(
      String name, Kind kind, long limit, long remaining, String reset, boolean even) {
    long nanos = Duration.parse("PT" + reset).toNanos();
    LimitTold told = new LimitTold(name, kind, limit, remaining, nanos, even);
    learned.learn(List.of(told), null, null, now(), now());
  }

  /** An attempt that is under way. */
  private record Attempt(Need need, @Nullable Reading reading, long takenAt) {}

  private Attempt send() {
    return send(Need.ONE);
  }

  private Attempt send(Need need) {
    assertThat(learned.tryTake(need, now())).isTrue();
    return new Attempt(need, learned.reading(now()), now());
  }

  private void answer(Attempt attempt, long limit, long remaining, String reset) {
    tellOf(attempt, limit, remaining, reset);
    end(attempt);
  }

  private void tellOf(Attempt attempt, long limit, long remaining, String reset) {
    long nanos = Duration.parse("PT" + reset).toNanos();
    LimitTold told = new LimitTold("requests", Kind.REQUESTS, limit, remaining, nanos, false);
    learned.learn(List.of(told), attempt.need(), attempt.reading(), attempt.takenAt(), now());
  }

  private void end(Attempt attempt) {
    learned.settle(attempt.need(), Spent.UNTOLD, attempt.takenAt(), now());
  }

  private long taken(long most) {
    long taken = 0;
    while (taken < most && learned.tryTake(Need.ONE, now())) {
      taken++;
    }
    return taken;
  }

  /** What is told is cut to milliseconds. */
  private static Duration rounded(long seconds) {
    return Duration.ofSeconds(seconds).plusMillis(1);
  }

  private Duration wait(Need need) {
    return Duration.ofNanos(learned.nanosTo(need, now()));
  }

  @Test
  void whatWasNeverToldIsFree() {
    assertThat(taken(10_000)).isEqualTo(10_000);
    assertThat(wait(Need.ONE)).isZero();
    assertThat(learned.freeShare(now())).isEqualTo(1);
    learned.settle(Need.ONE, Spent.UNTOLD, now(), now());
  }

  @Test
  void countsDownFromWhatWasToldAndIsFullAgainAtTheReset() {
    told(100, 3, "10S");
    assertThat(learned.freeShare(now())).isEqualTo(0.03, within(1e-9));
    assertThat(taken(10)).isEqualTo(3);
    assertThat(wait(Need.ONE)).isEqualTo(rounded(10));
    assertThat(learned.whyNot(Need.ONE, now()))
        .isEqualTo("is at the limit that its provider tells (requests) for 10 s");
    advance("10.000999999S");
    assertThat(taken(1)).isZero();
    advance("0.000000001S");
    assertThat(taken(1000)).isEqualTo(100);
  }

  @Test
  void anUntoldLimitIsFreeAfterTheReset() {
    told(-1, 0, "10S");
    assertThat(taken(1)).isZero();
    assertThat(learned.freeShare(now())).isZero();
    advance("10.001S");
    assertThat(taken(10_000)).isEqualTo(10_000);
    assertThat(learned.freeShare(now())).isEqualTo(1);
  }

  @Test
  void anAnswerBoundsWhatIsLeft() {
    told(100, 50, "10S");
    assertThat(taken(20)).isEqualTo(20);
    told(100, 45, "10S");
    assertThat(learned.freeShare(now())).as("15 are on their way").isEqualTo(0.3, within(1e-9));
    told(100, 7, "10S");
    assertThat(taken(100)).as("others use it, too").isEqualTo(7);
  }

  @Test
  void whatFailedOnItsWayIsThereAgainWithTheNextAnswer() {
    told(100, 50, "10S");
    for (int i = 0; i < 20; i++) {
      end(send());
    }
    Attempt overtaken = send();
    advance("0.1S");
    Attempt last = send();
    answer(last, 100, 49, "9.9S");
    assertThat(taken(100)).as("all but the one that is under way").isEqualTo(48);
    answer(overtaken, 100, 48, "9.9S");
    assertThat(taken(100)).isZero();
  }

  @Test
  void anAnswerThatTookLongTellsNothingOfWhatWasTakenSince() {
    told(100, 50, "60S");
    Attempt slow = send();
    for (int i = 0; i < 10; i++) {
      advance("2S");
      end(send());
    }
    answer(slow, 100, 49, "59.9S");
    assertThat(learned.freeShare(now())).isEqualTo(0.39, within(1e-9));
  }

  @Test
  void whatIsUnderWayWhenAWindowEndsCountsInTheNext() {
    told(100, 50, "10S");
    advance("9.9S");
    Attempt before = send();
    Attempt other = send();
    advance("0.101S");
    assertThat(taken(1000)).as("both may get there now").isEqualTo(98);
    answer(before, 100, 49, "0.05S");
    advance("0.1S");
    answer(other, 100, 0, "9.9S");
    assertThat(taken(1)).isZero();
  }

  @Test
  void whatWasSentLongAgoCountsInItsOwnWindow() {
    told(100, 50, "10S");
    send();
    advance("9S");
    send();
    advance("1.001S");
    assertThat(taken(1000)).isEqualTo(99);
  }

  @Test
  void whatIsUnderWayShortensNoWait() {
    told(100, 50, "10S");
    assertThat(taken(100)).isEqualTo(50);
    assertThat(wait(Need.ONE)).isEqualTo(rounded(10));
  }

  /** Rather than refuse a call, it is sent. */
  @Test
  void inDoubtNoMoreIsTakenThanTheNewestAnswerTold() {
    told(100, 3, "10S");
    for (int i = 0; i < 3; i++) {
      send();
    }
    assertThat(learned.tryTake(Need.ONE, now(), true)).as("not told since").isFalse();
    told(100, 2, "10S");
    assertThat(taken(1)).isZero();
    assertThat(learned.tryTake(Need.ONE, now(), true)).isTrue();
    assertThat(learned.tryTake(Need.ONE, now(), true)).isTrue();
    assertThat(learned.tryTake(Need.ONE, now(), true)).isFalse();
    told(100, 0, "10S");
    assertThat(learned.tryTake(Need.ONE, now(), true)).isFalse();
  }

  @Test
  void aLaterResetBeginsANewWindow() {
    told(100, 1, "2S");
    Attempt attempt = send();
    assertThat(taken(1)).isZero();
    answer(attempt, 100, 99, "12S");
    assertThat(taken(1000)).isEqualTo(99);
    assertThat(wait(Need.ONE)).isEqualTo(rounded(12));
  }

  @Test
  void anAnswerOfTheOldWindowDoesNotSpoilTheNewOne() {
    told(100, 5, "10S");
    advance("10.001S");
    assertThat(taken(10)).isEqualTo(10);
    told(100, 0, "0.5S");
    assertThat(taken(1)).as("told before the reset").isEqualTo(1);
    told(100, 89, "10S");
    told(100, 1, "0.5S");
    assertThat(taken(1000)).isEqualTo(89);
  }

  @Test
  void aWindowEndsWhenItSurelyHas() {
    Attempt slow = new Attempt(Need.ONE, null, now());
    advance("0.3S");
    tellOf(slow, 100, 0, "1S");
    advance("0.9S");
    assertThat(taken(10)).as("it may have ended").isZero();
    advance("0.101S");
    assertThat(taken(1000)).isEqualTo(100);
  }

  @Test
  void evenRefillComesBackBitByBit() {
    tell("requests", Kind.REQUESTS, 100, 0, "10S", true);
    assertThat(wait(Need.ONE)).isEqualTo(Duration.ofNanos(100_010_000));
    advance("0.100009999S");
    assertThat(taken(1)).isZero();
    advance("0.000000001S");
    assertThat(taken(10)).isEqualTo(1);
    advance("2.0002S");
    assertThat(taken(100)).isEqualTo(20);
    advance("30S");
    assertThat(taken(1000)).as("no more than the whole").isEqualTo(100);
  }

  @Test
  void tokensWaitUntilThereAreEnough() {
    tell("tokens", Kind.TOKENS, 1000, 400, "6S", true);
    Need large = Need.ONE.withTokens(600, 100);
    assertThat(learned.tryTake(large, now())).isFalse();
    assertThat(wait(large)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3001));
    assertThat(learned.tryTake(Need.ONE.withTokens(400, 0), now())).isTrue();
    assertThat(wait(Need.ONE.withTokens(1_000_000, 0)))
        .as("more than the whole counts as the whole")
        .isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_002));
  }

  @Test
  void nothingIsTakenOfOneLimitWhenAnotherLacks() {
    told(100, 50, "10S");
    tell("tokens", Kind.TOKENS, 1000, 10, "5S", false);
    assertThat(learned.tryTake(Need.ONE.withTokens(11, 0), now())).isFalse();
    advance("5.001S");
    assertThat(learned.freeShare(now())).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void theNewestAnswerKnowsTokensBetterThanTheirEstimate() {
    tell("tokens", Kind.TOKENS, 1000, 1000, "60S", false);
    Need need = Need.ONE.withTokens(100, 800);
    long takenAt = now();
    assertThat(learned.tryTake(need, now())).isTrue();
    advance("1S");
    tell("tokens", Kind.TOKENS, 1000, 880, "59S", false);
    assertThat(learned.tryTake(need, now())).as("not settled yet").isFalse();
    learned.settle(need, new Spent(true, 100, 20, 120), takenAt, now());
    assertThat(learned.tryTake(Need.ONE.withTokens(881, 0), now())).isFalse();
    assertThat(learned.tryTake(Need.ONE.withTokens(880, 0), now())).isTrue();
  }

  @Test
  void whatIsGivenBackIsThereAgainAndNoMoreThanWasTold() {
    told(100, 2, "10S");
    advance("0.1S");
    assertThat(taken(2)).isEqualTo(2);
    learned.giveBack(Need.ONE, now(), now());
    assertThat(taken(5)).isEqualTo(1);
    advance("0.1S");
    told(100, 0, "9.8S");
    learned.giveBack(Need.ONE, now() - 1, now());
    assertThat(taken(5)).isZero();
  }

  @Test
  void whatCannotBeUsedIsNotLearned() {
    told(100, -1, "10S");
    told(100, 0, "0S");
    LimitTold untold = new LimitTold("requests", Kind.REQUESTS, 100, 0, -1, false);
    learned.learn(List.of(untold), null, null, now(), now());
    assertThat(taken(1000)).isEqualTo(1000);
  }

  @Test
  void absurdNumbersAreBounded() {
    told(100, 5000, "10S");
    assertThat(taken(1000)).isEqualTo(100);
    told(0, 0, "1H");
    assertThat(wait(Need.ONE)).isLessThanOrEqualTo(rounded(3600));
  }

  @Test
  void aResetOfYearsRestsALaneForADayAtMost() {
    told(100, 0, "87600H");
    assertThat(wait(Need.ONE)).isEqualTo(rounded(86_400));
    advance("24H0.001S");
    assertThat(taken(1)).isEqualTo(1);
  }

  @Test
  void aLongWindowWithSomethingLeftIsOnlyCountedDown() {
    told(100, 10, "5H");
    assertThat(taken(50)).isEqualTo(50);
    assertThat(learned.freeShare(now())).isZero();
    told(100, 10, "30S");
    assertThat(taken(50)).as("a short one is learned over it").isLessThanOrEqualTo(10);
  }

  @Test
  void aClockThatJumpsRestsNoLongerThanTold() {
    told(100, 0, "10S");
    advance("-87600H");
    assertThat(wait(Need.ONE)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    advance("175200H");
    assertThat(taken(1)).isEqualTo(1);
  }

  @Test
  void namesThatAnAnswerMakesUpAreNotKeptWithoutEnd() {
    for (int i = 0; i < 10_000; i++) {
      tell("n" + i, Kind.REQUESTS, 100, i < 9_000 ? 100 : 0, "10S", false);
    }
    assertThat(taken(1)).isEqualTo(1);
  }
}
