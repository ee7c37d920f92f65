package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Site;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a call that blocks, for front ends. Lets no fault out: one before the body lets the
 * call through untouched, one after the body ends the call with what the body came to. Thread-safe.
 */
public final class GuardedCalls {

  private final Interception interception;
  private final Faults faults;

  public GuardedCalls(Interception interception, Faults faults) {
    this.interception = interception;
    this.faults = faults;
  }

  /** The cached value that a call here would end with at once; null: there is none. */
  public @Nullable Object cached(
      Site site, @Nullable Object self, @Nullable Object @Nullable [] arguments) {
    try {
      return interception.cached(site, self, arguments);
    } catch (Throwable fault) {
      faults.tell(site.name(), fault, "its cache is passed by");
      return null;
    }
  }

  /**
   * Begins a call.
   *
   * @param self the receiver, when the plan needs it
   * @param arguments the site's arguments, when the plan needs them
   * @return null: the body runs untouched
   */
  public @Nullable Call begin(
      Site site, @Nullable Object self, @Nullable Object @Nullable [] arguments) {
    try {
      return interception.begin(site, self, arguments);
    } catch (Throwable fault) {
      faults.tell(site.name(), fault, "the call passes untouched");
      return null;
    }
  }

  /** Before the first round: whether the body is to run. May block. */
  public boolean proceed(Call call) {
    try {
      return call.proceed();
    } catch (Throwable fault) {
      faults.tell(call.site().name(), fault, "the call passes untouched");
      giveUp(call);
      return true;
    }
  }

  /** After the body, with what it came to: whether it is to run again. May block. */
  public boolean again(Call call, @Nullable Object value, @Nullable Throwable thrown) {
    if (call.isOver()) {
      call.keep(value, thrown);
      return false;
    }
    try {
      if (thrown == null) {
        call.returned(value);
      } else {
        call.threw(thrown);
      }
      return !call.isOver() && call.proceed();
    } catch (Throwable fault) {
      faults.tell(call.site().name(), fault, "the call ends with what its body came to");
      giveUp(call);
      call.keep(value, thrown);
      return false;
    }
  }

  private void giveUp(Call call) {
    try {
      call.abandon();
    } catch (Throwable fault) {
      faults.tell(call.site().name() + " (end)", fault, "its key may count one call too many");
    }
  }
}
