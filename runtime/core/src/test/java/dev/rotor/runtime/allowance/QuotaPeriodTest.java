package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.QuotaPeriod.Calendar;
import dev.rotor.runtime.allowance.QuotaPeriod.Rolling;
import dev.rotor.runtime.allowance.QuotaPeriod.Unit;
import dev.rotor.runtime.state.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class QuotaPeriodTest {

  @Provide
  Arbitrary<QuotaPeriod> periods() {
    Arbitrary<QuotaPeriod> calendars =
        Combinators.combine(
                Arbitraries.of(Unit.values()),
                Arbitraries.integers().between(0, 24 * 60 - 1),
                Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds())))
            .as(
                (unit, minute, zone) ->
                    new Calendar(unit, LocalTime.ofSecondOfDay(minute * 60), ZoneId.of(zone)));
    Arbitrary<QuotaPeriod> rolling =
        Arbitraries.of(Unit.values()).map(it -> new Rolling(it.rolling()));
    return Arbitraries.frequencyOf(Tuple.of(9, calendars), Tuple.of(1, rolling));
  }

  @Provide
  Arbitrary<Long> instants() {
    long from = Instant.parse("1970-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    return Arbitraries.longs().between(from, to);
  }

  @Property(tries = 20_000)
  void periodsTileTimeWithoutGapOrOverlap(
      @ForAll("periods") QuotaPeriod period, @ForAll("instants") long instant) {
    assertTiles(period, instant);
  }

  @Property(tries = 20_000)
  void theyDoSoWhereClocksChange(
      @ForAll("periods") QuotaPeriod period,
      @ForAll("instants") long instant,
      @ForAll("hours") long hours) {
    if (period instanceof Calendar calendar) {
      var change = calendar.zone().getRules().nextTransition(Instant.ofEpochMilli(instant));
      if (change != null) {
        assertTiles(
            period, change.getInstant().toEpochMilli() + Duration.ofHours(hours).toMillis() / 2);
      }
    }
  }

  @Provide
  Arbitrary<Long> hours() {
    return Arbitraries.longs().between(-52, 52);
  }

  private static void assertTiles(QuotaPeriod period, long instant) {
    Span span = period.at(instant);
    assertThat(instant).isBetween(span.start(), span.end() - 1);
    assertThat(period.at(span.start())).isEqualTo(span);
    assertThat(period.at(span.end() - 1)).isEqualTo(span);
    assertThat(period.at(span.end()).start()).isEqualTo(span.end());
    assertThat(period.at(span.start() - 1).end()).isEqualTo(span.start());
  }

  @Property(tries = 5_000)
  void aPeriodBeginsAtTheTimeThatWasSaidWhereThatExists(
      @ForAll("periods") QuotaPeriod period, @ForAll("instants") long instant) {
    if (period instanceof Calendar calendar) {
      Instant start = Instant.ofEpochMilli(period.at(instant).start());
      boolean changing =
          calendar.zone().getRules().nextTransition(start.minusMillis(1)) != null
              && calendar
                  .zone()
                  .getRules()
                  .nextTransition(start.minusMillis(1))
                  .getInstant()
                  .equals(start);
      LocalTime time = start.atZone(calendar.zone()).toLocalTime();
      assertThat(changing || time.equals(calendar.resets())).as("%s", start).isTrue();
    }
  }

  private static void assertSpan(QuotaPeriod period, String at, String start, String end) {
    assertThat(period.at(Instant.parse(at).toEpochMilli()))
        .isEqualTo(
            new Span(Instant.parse(start).toEpochMilli(), Instant.parse(end).toEpochMilli()));
  }

  private static Calendar days(String resets, String zone) {
    return new Calendar(Unit.DAY, LocalTime.parse(resets), ZoneId.of(zone));
  }

  @Example
  void aDayIsAnHourShorterOrLongerWhenClocksChange() {
    Calendar days = days("00:00", "America/Los_Angeles");
    assertSpan(days, "2026-03-08T12:00:00Z", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z");
    assertSpan(days, "2026-11-01T12:00:00Z", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z");
  }

  @Example
  void aTimeThatDoesNotExistIsTheNextThatDoes() {
    // from 02:00 clocks go to 03:00, which is 10:00 of UTC
    Calendar days = days("02:30", "America/Los_Angeles");
    assertSpan(days, "2026-03-08T12:00:00Z", "2026-03-08T10:00:00Z", "2026-03-09T09:30:00Z");
  }

  @Example
  void ofATimeThatExistsTwiceItIsTheEarlier() {
    Calendar days = days("01:30", "America/Los_Angeles");
    assertSpan(days, "2026-11-01T08:30:00Z", "2026-11-01T08:30:00Z", "2026-11-02T09:30:00Z");
    assertSpan(days, "2026-11-01T09:30:00Z", "2026-11-01T08:30:00Z", "2026-11-02T09:30:00Z");
  }

  @Example
  void aDayThatAZoneLeftOutHasNoPeriod() {
    // Samoa went from 29 December 2011 to the 31st
    Calendar days = days("00:00", "Pacific/Apia");
    assertSpan(days, "2011-12-30T09:59:59Z", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z");
    assertSpan(days, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
  }

  @Example
  void monthsBeginOnTheFirst() {
    Calendar months = new Calendar(Unit.MONTH, LocalTime.of(9, 0), ZoneId.of("UTC"));
    assertSpan(months, "2028-03-01T08:59:59Z", "2028-02-01T09:00:00Z", "2028-03-01T09:00:00Z");
    assertSpan(months, "2028-03-01T09:00:00Z", "2028-03-01T09:00:00Z", "2028-04-01T09:00:00Z");
  }

  @Example
  void aRollingDayGoesInHalfHours() {
    Rolling day = new Rolling(Unit.DAY.rolling());
    assertSpan(day, "2026-11-25T12:40:00Z", "2026-11-25T12:30:00Z", "2026-11-25T13:00:00Z");
    assertThat(day.countedFor()).isEqualTo(Duration.ofDays(1).toMillis());
    assertThat(days("00:00", "UTC").countedFor()).isZero();
  }
}
