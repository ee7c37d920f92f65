package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.Rates;
import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Accounts that turn out to be one, by what an answer tells. */
class JoiningTest {
  private static final int ROUNDS = 20_000;

  @Test
  void aLaneMadeWhileItsAccountJoinsIsShared() throws Exception {
    FakeClock clock = new FakeClock();
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicReference<Account> own = new AtomicReference<>(new Account("own", Rates.NONE, clock));
    Thread maker = new Thread(() -> makeLanes(own, barrier));
    maker.start();
    int apart = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Account mine = new Account("own", Rates.NONE, clock);
      Account theirs = new Account("org", Rates.NONE, clock);
      own.set(mine);
      barrier.await();
      mine.join(theirs);
      barrier.await();
      apart += mine.lane("x").rest() == theirs.lane("x").rest() ? 0 : 1;
    }
    maker.join();
    assertThat(apart).isZero();
  }

  private static void makeLanes(AtomicReference<Account> account, CyclicBarrier barrier) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        barrier.await();
        Objects.requireNonNull(account.get()).lane("x");
        barrier.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<LimitTold> tokensLeft(long left) {
    return List.of(
        new LimitTold(
            "tokens",
            LimitTold.Kind.TOKENS,
            10_000,
            left,
            Duration.ofSeconds(60).toNanos(),
            false));
  }

  private static Need tokens(long output) {
    return Need.ONE.withTokens(0, output);
  }

  @Test
  void whatWasNotTakenOfAnAccountIsNotGivenBackToIt() {
    Pools it = new Pools("keys: [{name: a, secret: s}, {name: b, secret: t}]");
    it.pool.learnAccount(it.key("a"), "org");
    Lane ofA = it.take(Need.ONE.by("a"));
    it.tell(ofA, tokensLeft(1000));
    it.succeed(ofA, Need.ONE);
    it.clock.advance(Duration.ofSeconds(1));
    Need large = tokens(4000).by("b");
    long takenAt = it.clock.nanoTime();
    Lane ofB = it.take(large);
    it.clock.advance(Duration.ofSeconds(1));
    it.pool.learnAccount(it.key("b"), "org");
    ofB.settle(large, new Spent(true, 0, 100, 100), takenAt, it.clock.nanoTime());
    ofB.succeeded(0, it.clock.nanoTime());
    assertThat(it.tryTake(tokens(3000).by("a"))).isNull();
  }

  @Test
  void whatWasTakenSinceTheAccountJoinedIsGivenBackToIt() {
    Pools it = new Pools("keys: [{name: a, secret: s}, {name: b, secret: t}]");
    it.pool.learnAccount(it.key("a"), "org");
    it.pool.learnAccount(it.key("b"), "org");
    Lane ofA = it.take(Need.ONE.by("a"));
    it.tell(ofA, tokensLeft(5000));
    it.succeed(ofA, Need.ONE);
    it.clock.advance(Duration.ofSeconds(1));
    Need large = tokens(4000).by("b");
    long takenAt = it.clock.nanoTime();
    Lane ofB = it.take(large);
    assertThat(it.tryTake(tokens(3000).by("a"))).isNull();
    ofB.settle(large, new Spent(true, 0, 100, 100), takenAt, it.clock.nanoTime());
    ofB.succeeded(0, it.clock.nanoTime());
    assertThat(it.tryTake(tokens(3000).by("a"))).isNotNull();
  }
}
