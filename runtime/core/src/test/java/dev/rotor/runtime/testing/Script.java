package dev.rotor.runtime.testing;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.key.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A body: what each attempt comes to, and which key it had. */
public final class Script implements Consumer<Call> {

  private final List<String> keys = new ArrayList<>();
  private final Function<String, Consumer<Call>> steps;

  private Script(Function<String, Consumer<Call>> steps) {
    this.steps = steps;
  }

  /** Attempts end so in turn; the last step is for all that follow. */
  @SafeVarargs
  public static Script of(Consumer<Call>... steps) {
    int[] next = {0};
    return new Script(key -> steps[Math.min(next[0]++, steps.length - 1)]);
  }

  /** How an attempt ends depends on its key. */
  public static Script byKey(Function<String, Consumer<Call>> steps) {
    return new Script(steps);
  }

  @Override
  public void accept(Call call) {
    Key key = call.key();
    String name = key == null ? "" : key.name();
    keys.add(name);
    steps.apply(name).accept(call);
  }

  /** Of the attempts so far; empty names for attempts without a key. */
  public List<String> keys() {
    return keys;
  }

  public int attempts() {
    return keys.size();
  }

  // steps

  public static Consumer<Call> ok() {
    return call -> call.returned("value");
  }

  public static Consumer<Call> threw(Throwable failure) {
    return call -> call.threw(failure);
  }

  public static Consumer<Call> rateLimited() {
    return answer(Outcome.RATE_LIMITED, null, false);
  }

  public static Consumer<Call> rateLimited(Duration told) {
    return answer(Outcome.RATE_LIMITED, told, false);
  }

  public static Consumer<Call> serverError() {
    return answer(Outcome.SERVER_ERROR, null, true);
  }

  public static Consumer<Call> unauthorized() {
    return answer(Outcome.UNAUTHORIZED, null, false);
  }

  /**
   * An attempt that ended so.
   *
   * @param told to wait
   * @param safe to run again
   */
  public static Consumer<Call> answer(Outcome outcome, @Nullable Duration told, boolean safe) {
    long nanos = told == null ? -1 : told.toNanos();
    return call ->
        call.settle(outcome, null, new Verdict(outcome, nanos, false, outcome.name()), safe);
  }
}
