package dev.rotor.runtime.allowance;

import dev.rotor.runtime.state.Span;
import dev.rotor.runtime.state.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** The days or months that a quota is for, of the calendar or rolling. */
sealed interface QuotaPeriod extends Spans {

  /** How long the days or months of a calendar are. */
  enum Unit {
    DAY,
    MONTH;

    LocalDate first(LocalDate date) {
      return this == DAY ? date : date.withDayOfMonth(1);
    }

    LocalDate plus(LocalDate first, int count) {
      return this == DAY ? first.plusDays(count) : first.plusMonths(count);
    }

    Duration rolling() {
      return Duration.ofDays(this == DAY ? 1 : 30);
    }
  }

  /**
   * Calendar days, or months, that begin at a time of day in a zone. A time that a day does not
   * have, since clocks were put forward, is the next instant that it has; of one that a day has
   * twice, it is the earlier.
   */
  record Calendar(Unit unit, LocalTime resets, ZoneId zone) implements QuotaPeriod {

    @Override
    public Span at(long instant) {
      LocalDate date = unit.first(Instant.ofEpochMilli(instant).atZone(zone).toLocalDate());
      while (reset(date) > instant) {
        date = unit.plus(date, -1);
      }
      LocalDate next = unit.plus(date, 1);
      // clocks that are put back over midnight, and days that a zone has left out
      while (reset(next) <= instant) {
        date = next;
        next = unit.plus(date, 1);
      }
      return new Span(reset(date), reset(next));
    }

    private long reset(LocalDate date) {
      LocalDateTime local = date.atTime(resets);
      ZoneOffsetTransition transition = zone.getRules().getTransition(local);
      return transition != null && transition.isGap()
          ? transition.getInstant().toEpochMilli()
          : local.atZone(zone).toInstant().toEpochMilli();
    }

    @Override
    public long countedFor() {
      return 0;
    }
  }

  /**
   * The last 24 hours or 30 days, in steps of a forty-eighth. Use counts until the whole step is
   * over that it fell in: up to a step longer than it should, never shorter.
   */
  record Rolling(Duration window) implements QuotaPeriod {
    private static final int STEPS = 48;

    @Override
    public Span at(long instant) {
      long step = window.toMillis() / STEPS;
      long start = Math.floorDiv(instant, step) * step;
      return new Span(start, start + step);
    }

    @Override
    public long countedFor() {
      return window.toMillis();
    }
  }
}
