package dev.rotor.agent.http;

import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.Signal;
import dev.rotor.runtime.time.Sleeper;
import dev.rotor.runtime.time.Timer;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when somebody waits for it, and then at once; or, once {@linkplain #stop
 * stopped}, never, so that a waiting call waits until it is woken.
 */
public final class FakeTime implements Clock, Sleeper, Timer {

  private final AtomicLong nanos = new AtomicLong(1);
  private final ScheduledThreadPoolExecutor tasks =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "rotor-resume");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch waits = new CountDownLatch(1);
  private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** From now on whoever waits is left waiting. */
  public void stop() {
    stopped = true;
  }

  /** Whatever was left on the timer since it stopped is run. */
  public void runLeft() {
    Runnable task;
    while ((task = left.poll()) != null) {
      tasks.execute(task);
    }
  }

  /** Returns when somebody waits. */
  public void awaitWaiter() throws InterruptedException {
    waits.await();
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos.get());
  }

  @Override
  public void sleep(long duration, @Nullable Signal signal) throws InterruptedException {
    waits.countDown();
    if (stopped) {
      Sleeper.SYSTEM.sleep(Long.MAX_VALUE, signal);
    } else {
      nanos.addAndGet(duration);
    }
  }

  @Override
  public Cancellable schedule(Runnable task, long delay) {
    waits.countDown();
    if (stopped && delay > 0) {
      left.add(task);
      return () -> left.remove(task);
    }
    nanos.addAndGet(delay);
    tasks.execute(task);
    return () -> {};
  }
}
