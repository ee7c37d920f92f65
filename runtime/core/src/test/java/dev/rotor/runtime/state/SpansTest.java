package dev.rotor.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans that change with the settings, and a wall clock that is wrong. */
class SpansTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final FakeClock clock = new FakeClock(); // noon of UTC
  private final RecordedStore store = new RecordedStore();
  private Ledger ledger = Ledger.inMemory(clock);

  private record Every(long length, long offset, long countedFor) implements Spans {
    @Override
    public Span at(long instant) {
      long start = Math.floorDiv(instant - offset, length) * length + offset;
      return new Span(start, start + length);
    }
  }

  private static final Spans DAYS = new Every(DAY, 0, 0);
  private static final Spans DAYS_FROM_8 = new Every(DAY, DAY / 3, 0);
  private static final Spans ROLLING = new Every(DAY / 48, 0, DAY);

  private Page page(Spans spans) {
    Line line = new Line("daily/requests", Measure.REQUESTS, spans, 100);
    Page page = ledger.page("openai/primary", List.of(line), () -> {});
    ledger.write();
    return page;
  }

  private boolean take(Page page) {
    return page.tryTake(1, 0, 0, clock.nanoTime());
  }

  private int takeAll(Page page) {
    return take(page, 1000);
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

  private Duration untilMore(Page page) {
    return Duration.ofNanos(page.nanosTo(1, 0, 0, clock.nanoTime()));
  }

  private void jump(Duration difference) {
    clock.jump(difference);
    clock.advance(Duration.ofSeconds(6));
  }

  @Test
  void anotherZoneKeepsTheUseOfTheDayUntilItsEnd() {
    assertThat(takeAll(page(DAYS))).isEqualTo(100);
    Page moved = page(DAYS_FROM_8);
    assertThat(takeAll(moved)).isZero();
    clock.advance(Duration.ofHours(13));
    assertThat(takeAll(moved)).isZero();
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(7));
    moved = page(DAYS_FROM_8);
    assertThat(takeAll(moved)).isZero();
    clock.advance(Duration.ofHours(7));
    assertThat(takeAll(moved)).isEqualTo(100);
  }

  @Test
  void anotherZoneKeepsTheUseOfTheDayWhenTheProcessEnds() {
    ledger = new Ledger(() -> store, clock);
    assertThat(takeAll(page(DAYS))).isEqualTo(100);
    ledger.close();
    clock.advance(Duration.ofHours(13));
    ledger = new Ledger(() -> store, clock);
    Page moved = page(DAYS_FROM_8);
    assertThat(takeAll(moved)).isZero();
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(7));
  }

  @Test
  void aDayThatEndsLaterThanTheNewOneCountsInTheNextToo() {
    assertThat(takeAll(page(DAYS_FROM_8))).isEqualTo(100);
    Page moved = page(DAYS);
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(36));
    clock.advance(Duration.ofHours(12));
    assertThat(takeAll(moved)).isZero();
    clock.advance(Duration.ofHours(24));
    assertThat(takeAll(moved)).isEqualTo(100);
  }

  @Test
  void fromRollingToCalendarKeepsTheUseOfToday() {
    assertThat(takeAll(page(ROLLING))).isEqualTo(100);
    clock.advance(Duration.ofHours(1));
    Page moved = page(DAYS);
    assertThat(takeAll(moved)).isZero();
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(11));
  }

  @Test
  void fromCalendarToRollingKeepsTheUseOfToday() {
    assertThat(takeAll(page(DAYS))).isEqualTo(100);
    clock.advance(Duration.ofHours(1));
    Page moved = page(ROLLING);
    assertThat(takeAll(moved)).isZero();
    // nobody knows when of that day it was used
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(35));
    clock.advance(Duration.ofHours(35));
    assertThat(takeAll(moved)).isEqualTo(100);
  }

  @Test
  void whatTimeFreesOfSeveralSpansIsToldInOrder() {
    take(page(DAYS), 50);
    Page moved = page(ROLLING);
    assertThat(take(moved, 20)).isEqualTo(20);
    clock.advance(Duration.ofHours(1));
    assertThat(take(moved, 1000)).isEqualTo(30);
    assertThat(untilMore(moved)).isEqualTo(Duration.ofHours(23).plusMinutes(30));
  }

  @Test
  void aClockSetAheadAndBackAgainKeepsTheUseOfToday() {
    Page page = page(DAYS);
    assertThat(take(page, 60)).isEqualTo(60);
    jump(Duration.ofDays(300));
    assertThat(take(page, 30)).isEqualTo(30);
    jump(Duration.ofDays(-300));
    assertThat(takeAll(page)).isEqualTo(10);
    assertThat(untilMore(page)).isLessThanOrEqualTo(Duration.ofHours(12));
    clock.advance(Duration.ofHours(12));
    assertThat(takeAll(page)).isEqualTo(100);
  }

  @Test
  void aClockSetAheadAndBackAgainForgetsNothingThatIsWritten() {
    ledger = new Ledger(() -> store, clock);
    Page page = page(DAYS);
    assertThat(take(page, 60)).isEqualTo(60);
    jump(Duration.ofDays(300));
    assertThat(take(page, 30)).isEqualTo(30);
    ledger.close();
    jump(Duration.ofDays(-300));
    ledger = new Ledger(() -> store, clock);
    assertThat(takeAll(page(DAYS))).isEqualTo(40);
  }

  @Test
  void aProcessThatBeginsWithAWrongClockKeepsWhatIsWritten() {
    ledger = new Ledger(() -> store, clock);
    assertThat(take(page(DAYS), 60)).isEqualTo(60);
    ledger.close();
    jump(Duration.ofDays(300));
    ledger = new Ledger(() -> store, clock);
    Page page = page(DAYS);
    assertThat(take(page, 10)).isEqualTo(10);
    jump(Duration.ofDays(-300));
    assertThat(takeAll(page)).isEqualTo(30);
  }

  @Test
  void aClockSetBackAndAheadAgainForgetsNothing() {
    Page page = page(DAYS);
    assertThat(takeAll(page)).isEqualTo(100);
    jump(Duration.ofDays(-1));
    assertThat(takeAll(page)).isZero();
    jump(Duration.ofDays(1));
    assertThat(takeAll(page)).isZero();
  }

  @Test
  void aClockThatIsPutRightByALittleChangesNothing() {
    clock.advance(Duration.ofHours(12));
    Page page = page(DAYS);
    assertThat(takeAll(page)).isEqualTo(100);
    jump(Duration.ofSeconds(-30));
    assertThat(takeAll(page)).isZero();
    clock.advance(Duration.ofDays(1).plusMinutes(1));
    assertThat(takeAll(page)).isEqualTo(100);
  }

  @Test
  void aClockSetBackAfterManyDaysAheadKeepsWhatIsWritten() {
    ledger = new Ledger(() -> store, clock);
    Page page = page(DAYS);
    assertThat(take(page, 60)).isEqualTo(60);
    jump(Duration.ofDays(1));
    assertThat(take(page, 10)).isEqualTo(10);
    jump(Duration.ofDays(1));
    assertThat(take(page, 10)).isEqualTo(10);
    jump(Duration.ofDays(-2));
    assertThat(takeAll(page)).isEqualTo(30);
  }

  @Test
  void whatIsLongOverIsForgotten() {
    ledger = new Ledger(() -> store, clock);
    Page page = page(DAYS);
    for (int day = 0; day < 20; day++) {
      assertThat(takeAll(page)).isEqualTo(100);
      clock.advance(Duration.ofDays(1));
      ledger.write();
    }
    assertThat(store.all()).hasSizeLessThan(8);
  }
}
