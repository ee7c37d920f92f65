package dev.rotor.runtime.time;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a synchronous call waits. */
@FunctionalInterface
public interface Sleeper {

  /** Parks the calling thread; a virtual thread lets go of its carrier. */
  Sleeper SYSTEM =
      (nanos, signal) -> {
        if (signal == null) {
          TimeUnit.NANOSECONDS.sleep(nanos);
          return;
        }
        try {
          signal.future().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException timeIsUp) {
          // the caller looks at the clock
        } catch (ExecutionException impossible) {
          throw new AssertionError(impossible);
        }
      };

  /**
   * Blocks for {@code nanos}, or until {@code signal} fires when there is one.
   *
   * @throws InterruptedException when the thread is interrupted before or while it waits
   */
  void sleep(long nanos, @Nullable Signal signal) throws InterruptedException;
}
