package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.testing.Threads;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceStressTest {

  private static final int THREADS = 8;
  private static final int TURNS = 20_000;
  private static final long RESET = 1_000_000_000L;

  private static LimitTold told(Kind kind, long limit, long remaining) {
    return new LimitTold(kind.name(), kind, limit, remaining, RESET, false);
  }

  @Test
  void threadsTakeNoMoreThanWasTold() {
    LearnedAllowance learned = new LearnedAllowance();
    learned.learn(List.of(told(Kind.REQUESTS, 1000, 700)), null, null, 0, 0);
    AtomicLong taken = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < TURNS; i++) {
            if (learned.tryTake(Need.ONE, 1)) {
              taken.incrementAndGet();
            }
            if (i % 7 == 0) {
              learned.learn(List.of(told(Kind.REQUESTS, 1000, 700)), null, null, 1, 1);
            }
          }
        });
    assertThat(taken.get()).isEqualTo(700);
  }

  @Test
  void noneOfTwoLimitsLosesAnUpdate() {
    LearnedAllowance learned = new LearnedAllowance();
    learned.learn(
        List.of(told(Kind.REQUESTS, 10, 10), told(Kind.TOKENS, 100, 100)), null, null, 0, 0);
    AtomicLong requests = new AtomicLong();
    AtomicLong tokens = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < TURNS; i++) {
            Need need = Need.ONE.withTokens(1 + random.nextInt(40), 0);
            if (learned.tryTake(need, 1)) {
              assertThat(requests.incrementAndGet()).isLessThanOrEqualTo(10);
              assertThat(tokens.addAndGet(need.tokens())).isLessThanOrEqualTo(100);
              requests.decrementAndGet();
              tokens.addAndGet(-need.tokens());
              learned.giveBack(need, 1, 1);
            }
          }
        });
    assertThat(learned.freeShare(1)).isEqualTo(1);
  }
}
