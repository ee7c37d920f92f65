package dev.rotor.runtime.testing;

import dev.rotor.runtime.time.Signal;
import dev.rotor.runtime.time.Sleeper;
import dev.rotor.runtime.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sleeper and a timer over one {@link FakeClock}: who sleeps makes the time pass, and what is due
 * by then runs. Records the pauses. For one thread.
 */
public final class FakeTime implements Sleeper, Timer {

  private record Task(long due, Runnable action) {}

  private final FakeClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private boolean interrupts;

  FakeTime(FakeClock clock) {
    this.clock = clock;
  }

  @Override
  public void sleep(long nanos, @Nullable Signal signal) throws InterruptedException {
    if (interrupts || Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(Duration.ofNanos(nanos));
    long end = clock.nanoTime() + nanos;
    while ((signal == null || !signal.isFired()) && clock.nanoTime() < end) {
      if (!runNext(end)) {
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
      }
    }
  }

  @Override
  public Cancellable schedule(Runnable task, long nanos) {
    if (nanos > 0) {
      pauses.add(Duration.ofNanos(nanos));
    }
    return at(task, nanos);
  }

  /** Something that happens after so much time, unrecorded. */
  public void after(Duration time, Runnable action) {
    Cancellable unused = at(action, time.toNanos());
  }

  private Cancellable at(Runnable action, long nanos) {
    Task task = new Task(clock.nanoTime() + nanos, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Runs whatever is scheduled, however far away. */
  public void runAll() {
    while (runNext(Long.MAX_VALUE)) {}
  }

  /** Runs what is due by now. */
  public void runDue() {
    while (runNext(clock.nanoTime())) {}
  }

  /** How many tasks there are. */
  public int pending() {
    return tasks.size();
  }

  private boolean runNext(long until) {
    Task next = tasks.stream().min(Comparator.comparingLong(Task::due)).orElse(null);
    if (next == null || next.due() > until) {
      return false;
    }
    tasks.remove(next);
    clock.advance(Duration.ofNanos(Math.max(0, next.due() - clock.nanoTime())));
    next.action().run();
    return true;
  }

  /** From now on, whoever sleeps is interrupted. */
  public void interruptSleepers() {
    interrupts = true;
  }

  public List<Duration> pauses() {
    return pauses;
  }
}
