package dev.rotor.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.RecordedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final FakeClock clock = new FakeClock();
  private RecordedStore store = new RecordedStore();
  private final AtomicInteger woken = new AtomicInteger();
  private Ledger ledger = open();

  private Ledger open() {
    return new Ledger(() -> store, clock);
  }

  /** What is left of a process that was killed: its store. */
  private void kill() {
    ledger = open();
  }

  private static Line daily(long limit) {
    return new Line("daily/requests", Measure.REQUESTS, new Days(0), limit);
  }

  /** Days of UTC. */
  private record Days(long countedFor) implements Spans {
    @Override
    public Span at(long instant) {
      long start = Math.floorDiv(instant, DAY) * DAY;
      return new Span(start, start + DAY);
    }
  }

  private Page page(Line... lines) {
    Page page = ledger.page("openai/primary", List.of(lines), woken::incrementAndGet);
    ledger.write();
    return page;
  }

  private boolean take(Page page) {
    return page.tryTake(1, 0, 0, clock.nanoTime());
  }

  /** Takes all that it gets, with a write wherever one is needed. */
  private int takeAll(Page page) {
    return take(page, Integer.MAX_VALUE);
  }

  private int take(Page page, int most) {
    int taken = 0;
    while (taken < most) {
      if (!take(page)) {
        ledger.write();
        if (!take(page)) {
          return taken;
        }
      }
      taken++;
    }
    return taken;
  }

  @Test
  void nothingIsTakenBeforeItIsWritten() {
    Page page = ledger.page("openai/primary", List.of(daily(100_000)), woken::incrementAndGet);
    assertThat(take(page)).isFalse();
    assertThat(page.nanosTo(1, 0, 0, clock.nanoTime())).isZero();
    assertThat(woken).hasValue(0);
    ledger.write();
    assertThat(woken).hasValue(1);
    assertThat(take(page)).isTrue();
  }

  @Test
  void aLeaseIsRenewedWhenHalfOfItIsUsed() {
    Page page = page(daily(160_000)); // so a lease is of 100
    assertThat(store.writes()).isEqualTo(1);
    take(page, 49);
    ledger.write();
    assertThat(store.writes()).isEqualTo(1);
    take(page, 1);
    ledger.write();
    assertThat(store.writes()).isEqualTo(2);
    for (int i = 0; i < 100; i++) {
      assertThat(take(page)).isTrue();
    }
    assertThat(take(page)).isFalse();
  }

  @Test
  void exactlyTheLimitIsTaken() {
    Page page = page(daily(1234));
    assertThat(takeAll(page)).isEqualTo(1234);
    assertThat(page.freeShare(clock.nanoTime())).isZero();
    assertThat(page.nanosTo(1, 0, 0, clock.nanoTime())).isEqualTo(Duration.ofHours(12).toNanos());
    clock.advance(Duration.ofHours(12));
    assertThat(takeAll(page)).isEqualTo(1234);
  }

  @Test
  void aPageTakesAllOrNothing() {
    Line tokens = new Line("daily/tokens", Measure.TOKENS, new Days(0), 100);
    Page page = page(daily(1000), tokens);
    assertThat(page.tryTake(1, 101, 0, clock.nanoTime())).isFalse();
    assertThat(page.nanosTo(1, 101, 0, clock.nanoTime())).isEqualTo(Long.MAX_VALUE);
    assertThat(page.lacking(1, 101, 0, clock.nanoTime())).isEqualTo(tokens);
    assertThat(ledger.used()).isEmpty();
    assertThat(page.tryTake(1, 60, 0, clock.nanoTime())).isFalse();
    ledger.write();
    assertThat(page.tryTake(1, 60, 0, clock.nanoTime())).isTrue();
    assertThat(page.tryTake(1, 60, 0, clock.nanoTime())).isFalse();
    assertThat(ledger.used()).extracting(Used::amount).containsExactly(1L, 60L);
  }

  @Test
  void whatCostMoreIsTakenOffWhatComesNext() {
    Page page = page(daily(100));
    long then = clock.nanoTime();
    assertThat(take(page)).isTrue();
    page.correct(149, 0, 0, then, clock.nanoTime());
    assertThat(take(page)).isFalse();
    ledger.write();
    kill();
    assertThat(takeAll(page(daily(200)))).isEqualTo(50);
  }

  @Test
  void whatWasTakenBeforeTheResetIsSettledThere() {
    Page page = page(daily(100));
    long then = clock.nanoTime();
    assertThat(take(page, 10)).isEqualTo(10);
    clock.advance(Duration.ofHours(13));
    page.correct(-5, 0, 0, then, clock.nanoTime());
    assertThat(takeAll(page)).isEqualTo(100);
  }

  @Test
  void aCleanEndLosesNothing() {
    assertThat(take(page(daily(20_000)), 777)).isEqualTo(777);
    ledger.close();
    kill();
    assertThat(takeAll(page(daily(20_000)))).isEqualTo(20_000 - 777);
  }

  @Test
  void nothingIsTakenAfterTheEnd() {
    Page page = page(daily(20_000));
    ledger.close();
    assertThat(take(page)).isFalse();
    ledger.write();
    assertThat(take(page)).isFalse();
  }

  @Test
  void fiftyUncleanEndsLoseNoMoreThanAHundredth() {
    int taken = 0;
    for (int i = 0; i < 50; i++) {
      taken += take(page(daily(20_000)), i * 7 % 300);
      kill();
    }
    taken += takeAll(page(daily(20_000)));
    assertThat(taken).isBetween(19_800, 20_000);
  }

  @Test
  void anEndThatWasAnnouncedLosesNothingAndCallsGoOnUntilThen() {
    Page page = page(daily(160_000));
    take(page, 10);
    ledger.exitSoon();
    assertThat(take(page, 30)).isEqualTo(30);
    ledger.write();
    kill();
    assertThat(takeAll(page(daily(160_000)))).isEqualTo(160_000 - 40);
  }

  @Test
  void theLeaseOfTheNextDayIsThereWhenItBegins() {
    Page page = page(daily(1000));
    clock.advance(Duration.ofHours(12).minusSeconds(30));
    ledger.write();
    clock.advance(Duration.ofSeconds(30));
    assertThat(take(page)).isTrue();
    assertThat(takeAll(page)).isEqualTo(999);
  }

  @Test
  void aSpanThatStillCountsIsCounted() {
    Line rolling = new Line("daily/requests", Measure.REQUESTS, new Days(2 * DAY), 90);
    Page page = page(rolling);
    assertThat(take(page, 20)).isEqualTo(20);
    clock.advance(Duration.ofDays(1));
    assertThat(take(page, 30)).isEqualTo(30);
    kill();
    page = page(rolling);
    clock.advance(Duration.ofDays(1));
    assertThat(takeAll(page)).isEqualTo(40);
    assertThat(page.nanosTo(1, 0, 0, clock.nanoTime())).isEqualTo(Duration.ofHours(12).toNanos());
    assertThat(page.nanosTo(21, 0, 0, clock.nanoTime())).isEqualTo(Duration.ofHours(36).toNanos());
    clock.advance(Duration.ofHours(12));
    assertThat(takeAll(page)).isEqualTo(20);
  }

  @Test
  void otherSettingsKeepWhatWasUsed() {
    Page page = page(daily(1000));
    take(page, 400);
    page = page(daily(600));
    assertThat(takeAll(page)).isEqualTo(200);
    // a day that begins at another hour
    Spans later =
        new Spans() {
          @Override
          public Span at(long instant) {
            Span day = new Days(0).at(instant - DAY / 4);
            return new Span(day.start() + DAY / 4, day.end() + DAY / 4);
          }

          @Override
          public long countedFor() {
            return 0;
          }
        };
    Line moved = new Line("daily/requests", Measure.REQUESTS, later, 700);
    assertThat(takeAll(page(moved))).isEqualTo(100);
    ledger.close();
    kill();
    assertThat(takeAll(page(moved))).isZero();
    assertThat(takeAll(page(daily(800)))).isEqualTo(100);
  }

  @Test
  void aLineThatWasTakenOutAndPutBackKeepsItsCount() {
    take(page(daily(1000)), 400);
    page();
    assertThat(takeAll(page(daily(1000)))).isEqualTo(600);
  }

  @Test
  void whereItCannotWriteCallsGoOnAndItIsToldOnce() {
    Page page = page(daily(160_000));
    store.failing(true);
    int before = RecordedLog.warnings().size();
    assertThat(take(page, 500)).isEqualTo(500);
    clock.advance(Duration.ofSeconds(20));
    ledger.write();
    take(page, 500);
    ledger.write();
    assertThat(RecordedLog.warnings().subList(before, RecordedLog.warnings().size()))
        .filteredOn(it -> it.contains("THE STATE FILE CANNOT BE USED"))
        .hasSize(1);
    store.failing(false);
    clock.advance(Duration.ofSeconds(20));
    ledger.write();
    take(page, 1);
    ledger.close();
    kill();
    assertThat(takeAll(page(daily(160_000)))).isEqualTo(160_000 - 1001);
  }

  @Test
  void aStoreThatIsNewAfterAFaultGetsAllOfIt() {
    Page page = page(daily(1000));
    take(page, 100);
    store.failing(true);
    take(page, 1);
    clock.advance(Duration.ofSeconds(20));
    store = new RecordedStore();
    ledger.write();
    ledger.write();
    kill();
    assertThat(takeAll(page(daily(1000)))).isBetween(898, 899);
  }

  @Test
  void aWakeUpThatFailsDoesNoHarm() {
    Page page =
        ledger.page(
            "openai/primary",
            List.of(daily(100)),
            () -> {
              throw new IllegalStateException("a fault of the engine");
            });
    assertThat(take(page)).isFalse();
    ledger.write();
    assertThat(take(page)).isTrue();
  }

  @Test
  void aLargeNeedGetsALeaseOfItsOwnAndGivesBackWhatItDidNotUse() {
    Page page = page(new Line("daily/tokens", Measure.TOKENS, new Days(0), 100_000));
    long then = clock.nanoTime();
    assertThat(page.tryTake(0, 4_000, 0, then)).isFalse();
    ledger.write();
    ledger.write();
    assertThat(page.tryTake(0, 4_000, 0, then)).isTrue();
    ledger.write();
    page.correct(0, -3_000, 0, then, clock.nanoTime());
    ledger.write();
    kill();
    Page next = page(new Line("daily/tokens", Measure.TOKENS, new Days(0), 100_000));
    assertThat(next.freeShare(clock.nanoTime())).isGreaterThan(0.989);
  }

  @Test
  void theQuotaIsKeptAlsoWhereItCannotWrite() {
    store.failing(true);
    Page page = page(daily(100));
    assertThat(takeAll(page)).isEqualTo(100);
  }

  @Test
  void twoThatCountApartAreAddedUp() {
    // as where the process before had the file open still
    AtomicInteger attempts = new AtomicInteger();
    Ledger second =
        new Ledger(
            () -> {
              if (attempts.getAndIncrement() == 0) {
                throw new UnusableStoreException("another process has it open", new Exception());
              }
              return store;
            },
            clock);
    take(page(daily(1000)), 100);
    Page page = second.page("openai/primary", List.of(daily(1000)), () -> {});
    assertThat(take(page, 100)).isEqualTo(100);
    ledger.close();
    clock.advance(Duration.ofSeconds(20));
    ledger = second;
    ledger.write();
    assertThat(takeAll(page)).isEqualTo(800);
  }

  @Test
  void useIsTakenOverFromAnotherLedger() {
    take(page(daily(1000)), 100);
    List<Used> used = ledger.used();
    assertThat(used)
        .containsExactly(
            new Used(
                "openai/primary",
                "daily/requests",
                Instant.parse("2026-11-25T00:00:00Z"),
                Instant.parse("2026-11-26T00:00:00Z"),
                100));
    Ledger memory = Ledger.inMemory(clock);
    memory.takeOver(used);
    assertThat(memory.used()).isEqualTo(used);
    Page page = memory.page("openai/primary", List.of(daily(1000)), () -> {});
    assertThat(take(page, 500)).isEqualTo(500);
    ledger.takeOver(memory.used());
    ledger.takeOver(memory.used());
    kill();
    assertThat(takeAll(page(daily(1000)))).isBetween(399, 400);
  }

  @Test
  void useIsNotTakenOverWhereItCannotBeWritten() {
    store.failing(true);
    take(page(daily(100)), 1);
    assertThatThrownBy(() -> ledger.takeOver(List.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMarkIsNoUse() {
    ledger.mark("openai/primary", "disabled-by-hand", true);
    take(page(daily(1000)), 5);
    assertThat(ledger.used()).extracting(Used::line).containsExactly("daily/requests");
    assertThat(ledger.isMarked("openai/primary", "disabled-by-hand")).isTrue();
    ledger.mark("openai/primary", "disabled-by-hand", false);
    assertThat(ledger.isMarked("openai/primary", "disabled-by-hand")).isFalse();
  }
}
