package dev.rotor.runtime.testing;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Site;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The two ways in which front ends run a call; every decision is to be the same. */
public enum Driver {
  BLOCKING {
    @Override
    void run(TestEngine engine, Call call, Consumer<Call> body) {
      while (call.proceed()) {
        body.accept(call);
      }
    }
  },
  TIMER {
    @Override
    void run(TestEngine engine, Call call, Consumer<Call> body) {
      call.detach();
      AtomicBoolean done = new AtomicBoolean();
      drive(engine.interception(), call, body, done);
      engine.time().runAll();
      if (!done.get()) {
        throw new AssertionError("the call never ended");
      }
    }

    private void drive(
        Interception interception, Call call, Consumer<Call> body, AtomicBoolean done) {
      interception.drive(
          call,
          () -> {
            Object unused =
                interception.within(
                    call,
                    () -> {
                      body.accept(call);
                      return "told";
                    });
            drive(interception, call, body, done);
          },
          () -> done.set(true));
    }
  };

  /**
   * One call of {@code site}, to its end.
   *
   * @param body tells the call how each attempt went
   */
  public Call call(TestEngine engine, Site site, Consumer<Call> body) {
    return call(engine, site, body, call -> {});
  }

  /** The same, prepared before it goes on. */
  public Call call(TestEngine engine, Site site, Consumer<Call> body, Consumer<Call> prepare) {
    Call call = engine.begin(site);
    prepare.accept(call);
    run(engine, call, body);
    return call;
  }

  /** The same with arguments. */
  public Call callWith(
      TestEngine engine, Site site, Consumer<Call> body, @Nullable Object... arguments) {
    Call call = engine.begin(site, arguments);
    run(engine, call, body);
    return call;
  }

  abstract void run(TestEngine engine, Call call, Consumer<Call> body);
}
