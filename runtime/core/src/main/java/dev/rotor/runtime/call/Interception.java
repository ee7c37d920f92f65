package dev.rotor.runtime.call;

import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.Signal;
import dev.rotor.runtime.time.Sleeper;
import dev.rotor.runtime.time.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one entry of every front end. A front end runs
 *
 * <pre>{@code
 * Call call = interception.begin(site, self, arguments);
 * if (call == null) run the body untouched
 * while (call.proceed()) {
 *   try { call.returned(body.run()); } catch (Throwable failure) { call.threw(failure); }
 * }
 * return call.result();
 * }</pre>
 *
 * or, where the caller may not block, {@link #drive}. Thread-safe.
 */
public final class Interception {

  private final Clock clock;
  private final Sleeper sleeper;
  private final Timer timer;
  private final DoubleSupplier random;
  private final Faults faults = new Faults();

  /** Creates an entry over these ways to measure and spend time. */
  public Interception(Clock clock, Sleeper sleeper, Timer timer, DoubleSupplier random) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.timer = timer;
    this.random = random;
  }

  /**
   * The cached value that a call here would end with at once. Most calls of a cached site end here,
   * and cost no clock and no {@link Call}.
   *
   * @return null: there is none, so begin a call
   */
  public @Nullable Object cached(
      Site site, @Nullable Object self, @Nullable Object @Nullable [] arguments) {
    Plan plan = site.plan();
    if (plan == null || plan.cacheKey() == null || plan.share() < 1) {
      return null;
    }
    Object key = plan.cacheKey().select(self, arguments);
    Object value = key == null ? null : site.cache().get(key);
    if (value != null) {
      site.stats().event(Event.CACHE_HIT);
    }
    return value;
  }

  /**
   * Begins a call; the calling thread is in it until it ends or is {@linkplain Call#detach
   * detached}.
   *
   * @param self the receiver, when the plan needs it
   * @param arguments the site's arguments, when the plan needs them
   * @return null: nothing is to be done here, the body runs untouched
   */
  public @Nullable Call begin(
      Site site, @Nullable Object self, @Nullable Object @Nullable [] arguments) {
    Plan plan = site.plan();
    if (plan == null) {
      return null;
    }
    Context context = Context.get();
    if (context.takeResumed(site) || (plan.share() < 1 && random.getAsDouble() >= plan.share())) {
      return null;
    }
    Call call = new Call(this, site, plan, context, clock.nanoTime());
    try {
      call.start(self, arguments);
    } catch (Throwable fault) {
      call.abandon();
      throw fault;
    }
    return call;
  }

  /** The call that this thread is in, to take along to another thread. */
  public @Nullable Call current() {
    return Context.get().current();
  }

  /** Runs {@code body} as part of {@code call}, on whatever thread this is. */
  public <T extends @Nullable Object> T within(@Nullable Call call, Supplier<T> body) {
    Context context = Context.get();
    Call before = context.current();
    context.current(call);
    try {
      return body.get();
    } finally {
      context.current(before);
    }
  }

  /**
   * Runs {@code body}, in which the site's own code is entered again, as the next attempt of {@code
   * call}.
   */
  public <T extends @Nullable Object> T resume(Call call, Supplier<T> body) {
    Context context = Context.get();
    context.resume(call);
    try {
      return within(call, body);
    } finally {
      context.resume(null);
    }
  }

  /**
   * Drives a call without blocking: runs {@code attempt} whenever the body is to run, waits on the
   * timer in between, and runs {@code done} once when the call has ended. Whoever runs an attempt
   * calls {@code drive} again when it has told the call how it went.
   */
  public void drive(Call call, Runnable attempt, Runnable done) {
    drive(call, attempt, done, null);
  }

  /**
   * The same for a call that can be cancelled while it waits: nothing of it stays with the timer
   * then.
   *
   * @param cancelled fires when the application gives the call up
   */
  public void drive(Call call, Runnable attempt, Runnable done, @Nullable Signal cancelled) {
    Call.Next next;
    long nanos;
    Signal signal;
    // a cancellation may come from any thread
    synchronized (call) {
      if (cancelled != null && cancelled.isFired()) {
        // not refused: an exception would be of a class of the application's, which may be stopped
        call.abandon();
      }
      call.mayNotBlock();
      next = call.next();
      nanos = call.pauseNanos();
      signal = call.pauseSignal();
    }
    switch (next) {
      case RUN -> attempt.run();
      case DONE -> done.run();
      case PAUSE -> {
        Once resume = new Once(() -> resume(call, attempt, done, cancelled));
        Timer.Cancellable alarm = timer.schedule(resume, nanos);
        Runnable wakeUp =
            () -> {
              alarm.cancel();
              timer.schedule(resume, 0);
            };
        if (signal != null) {
          signal.onFire(wakeUp);
        }
        if (cancelled != null) {
          cancelled.onFire(wakeUp);
        }
      }
    }
  }

  private void resume(Call call, Runnable attempt, Runnable done, @Nullable Signal cancelled) {
    try {
      drive(call, attempt, done, cancelled);
    } catch (Throwable fault) {
      if (call.isOver()) {
        throw fault;
      }
      faults.tell(call.site().name(), fault, "the call ends with what it has come to");
      // nobody waits on this thread who could be told: the call ends, without a result of its own
      call.abandon();
      done.run();
    }
  }

  /** Blocks for {@code nanos} or until {@code signal} fires, as a blocking driver does. */
  public void sleep(long nanos, Signal signal) throws InterruptedException {
    sleeper.sleep(nanos, signal);
  }

  /** The clock that everything is measured by. */
  public Clock clock() {
    return clock;
  }

  /** Numbers from 0 to 1. */
  public DoubleSupplier random() {
    return random;
  }

  Timer timer() {
    return timer;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  private static final class Once implements Runnable {
    private final AtomicBoolean ran = new AtomicBoolean();
    private final Runnable task;

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (ran.compareAndSet(false, true)) {
        task.run();
      }
    }
  }
}
