package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.config.QuotaSettings.Prices;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.state.Used;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.time.Clock;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at one quota: never more than there is, and nothing of it is lost. */
@Timeout(120)
class QuotaStressTest {
  private static final int THREADS = 8;
  private static final long REQUESTS = 20_000;
  private static final long TOKENS = 1_000_000;

  @TempDir Path directory;

  private static final QuotaSettings SETTINGS =
      new QuotaSettings(
          new Amounts(REQUESTS, TOKENS, Amounts.UNLIMITED),
          new Amounts(10 * REQUESTS, Amounts.UNLIMITED, Amounts.UNLIMITED),
          LocalTime.MIDNIGHT,
          ZoneOffset.UTC,
          false,
          Prices.NONE);

  private final Clock clock = new FakeClock();
  // what a provider would have counted
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final Semaphore change = new Semaphore(0);

  @Test
  void inMemory() throws Exception {
    run(Ledger.inMemory(clock));
  }

  @Test
  void inAFile() throws Exception {
    Ledger ledger = Ledger.inDirectory(directory, clock);
    run(ledger);
    ledger.close();
    Ledger again = Ledger.inDirectory(directory, clock);
    assertThat(again.used())
        .filteredOn(used -> used.line().equals("daily/requests"))
        .extracting(Used::amount)
        .containsExactly(requests.get());
    again.close();
  }

  private void run(Ledger ledger) throws Exception {
    Quota quota = new Quota("a/b", SETTINGS, 1, ledger, () -> change.release(THREADS));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        running.add(threads.submit(() -> use(quota, random)));
      }
      for (Future<?> it : running) {
        it.get();
      }
    } finally {
      threads.shutdownNow();
    }
    List<Long> used = ledger.used().stream().map(Used::amount).toList();
    assertThat(used).containsExactly(requests.get(), tokens.get(), requests.get());
    // the largest estimate does not fit any more
    assertThat(Math.max(requests.get() / (double) REQUESTS, (tokens.get() + 120) / (double) TOKENS))
        .isGreaterThanOrEqualTo(1);
  }

  private void use(Quota quota, Random random) {
    while (true) {
      Need need = Need.ONE.withTokens(random.nextInt(60), random.nextInt(60));
      long now = clock.nanoTime();
      if (!quota.tryTake(need, now)) {
        if (quota.nanosTo(need, now) > 0) {
          return;
        }
        awaitChange();
        continue;
      }
      requests.incrementAndGet();
      tokens.addAndGet(need.tokens());
      assertThat(requests.get()).isLessThanOrEqualTo(REQUESTS);
      assertThat(tokens.get()).isLessThanOrEqualTo(TOKENS);
      switch (random.nextInt(4)) {
        case 0 -> {
          requests.decrementAndGet();
          tokens.addAndGet(-need.tokens());
          quota.giveBack(need, now, now);
        }
        case 1 -> {
          long spent = random.nextInt((int) need.tokens() + 1);
          tokens.addAndGet(spent - need.tokens());
          quota.settle(need, new Spent(true, -1, -1, spent), now, now);
        }
        default -> quota.settle(need, Spent.UNTOLD, now, now);
      }
    }
  }

  private void awaitChange() {
    try {
      // one that came before this thread looked is as good
      boolean unused = change.tryAcquire(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
