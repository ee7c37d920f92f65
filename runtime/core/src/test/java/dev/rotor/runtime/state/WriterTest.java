package dev.rotor.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes. */
class WriterTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Stands still, and fails a few times when the writer asks it. */
  private static final class FailingClock implements Clock {
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger failures = new AtomicInteger(2);

    @Override
    public long nanoTime() {
      if (Thread.currentThread().getName().startsWith("rotor-ledger")
          && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new OutOfMemoryError("for this test");
      }
      return clock.nanoTime();
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }

  /** Days of UTC. */
  private record Days() implements Spans {
    @Override
    public Span at(long instant) {
      long start = Math.floorDiv(instant, DAY) * DAY;
      return new Span(start, start + DAY);
    }

    @Override
    public long countedFor() {
      return 0;
    }
  }

  @Test
  void anErrorDoesNotEndTheThreadThatWrites(@TempDir Path directory) throws Exception {
    FailingClock clock = new FailingClock();
    CountDownLatch written = new CountDownLatch(1);
    try (Ledger ledger = Ledger.inDirectory(directory, clock)) {
      Line line = new Line("daily/requests", Measure.REQUESTS, new Days(), 100);
      Page page = ledger.page("openai/primary", List.of(line), written::countDown);
      boolean taken = page.tryTake(1, 0, 0, clock.nanoTime());
      assertThat(taken || written.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(taken || page.tryTake(1, 0, 0, clock.nanoTime())).isTrue();
      assertThat(clock.failures).hasValue(0);
    }
  }
}
