package dev.rotor.runtime.time;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later, for calls that may not block. */
@FunctionalInterface
public interface Timer {

  /** Runs {@code task} once, {@code nanos} from now, on a thread of Rotor's. Never blocks. */
  Cancellable schedule(Runnable task, long nanos);

  /** Takes a scheduled task back; without effect when it has run. */
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }

  /**
   * A timer on daemon threads of its own. One thread keeps the time; tasks run on others, since a
   * task may enter application code.
   */
  static Timer onOwnThreads() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> RotorThreads.daemon("rotor-resume", task));
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, task -> RotorThreads.daemon("rotor-timer", task));
    clock.setKeepAliveTime(10, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
    return (task, nanos) -> {
      var scheduled = clock.schedule(() -> workers.execute(task), nanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    };
  }
}
