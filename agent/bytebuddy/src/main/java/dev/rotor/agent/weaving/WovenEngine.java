package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.method.FutureCalls;
import dev.rotor.runtime.method.GuardedCalls;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the bridge. Lets no fault out: one before the body lets the call through
 * untouched, one after the body ends the call with what the body came to ({@link GuardedCalls}).
 */
final class WovenEngine extends Bridge.Engine {

  /** Stands for a call that ended with a cached value before it began; its body never runs. */
  private record Hit(Object value) {}

  private final GuardedCalls calls;
  private final Sites sites;
  private final Adapters adapters;
  private final FutureCalls futures;
  private final Faults faults;

  WovenEngine(Interception interception, Sites sites, Adapters adapters, Faults faults) {
    this.calls = new GuardedCalls(interception, faults);
    this.sites = sites;
    this.adapters = adapters;
    this.faults = faults;
    this.futures = new FutureCalls(interception, faults, true);
  }

  @Override
  public @Nullable Object begin(
      int number, @Nullable Class<?> type, @Nullable Object self, Object @Nullable [] arguments) {
    MethodSite site = sites.get(number);
    if (site == null || site.plan() == null) {
      return null;
    }
    site.seen(type);
    Object cached = arguments == null ? null : calls.cached(site, self, arguments);
    return cached != null ? new Hit(cached) : calls.begin(site, self, arguments);
  }

  @Override
  public boolean proceed(Object call) {
    return !(call instanceof Hit) && calls.proceed((Call) call);
  }

  @Override
  public boolean again(Object call, @Nullable Object value, @Nullable Throwable thrown) {
    return !(call instanceof Hit) && calls.again((Call) call, value, thrown);
  }

  @Override
  public @Nullable Throwable failure(Object call) {
    return call instanceof Hit ? null : ((Call) call).failure();
  }

  @Override
  public @Nullable Object value(Object call) {
    return call instanceof Hit hit ? hit.value() : ((Call) call).value();
  }

  @Override
  public @Nullable String key(Object call, @Nullable String original) {
    Secret secret = ((Call) call).secret();
    return secret == null ? original : secret.reveal();
  }

  @Override
  public @Nullable String baseUrl(Object call, @Nullable String original) {
    URI configured = ((Call) call).baseUrl();
    return configured == null ? original : configured.toString();
  }

  @Override
  public @Nullable Object @Nullable [] async(
      int number,
      @Nullable Class<?> type,
      MethodHandle body,
      @Nullable Object self,
      @Nullable Object[] arguments) {
    MethodSite site = sites.get(number);
    if (site == null || site.plan() == null) {
      return null;
    }
    try {
      site.seen(type);
      return futures.begin(site, site.shape(), body(body, self), self, arguments);
    } catch (Throwable fault) {
      faults.tell(site.name(), fault, "the call passes untouched");
      return null;
    }
  }

  private static FutureCalls.Body body(MethodHandle woven, @Nullable Object self) {
    // else an array that is passed for a varargs parameter would be wrapped in another
    MethodHandle method = woven.asFixedArity();
    return all ->
        self == null && method.type().parameterCount() == all.length
            ? method.invokeWithArguments(all)
            : method.bindTo(self).invokeWithArguments(all);
  }

  @Override
  public @Nullable Object @Nullable [] send(
      int adapter,
      Class<?> type,
      MethodHandle body,
      @Nullable Object self,
      @Nullable Object[] arguments) {
    try {
      return adapters.get(adapter, type).send(body, self, arguments);
    } catch (Throwable fault) {
      faults.tell(adapters.name(adapter), fault, "the request passes untouched");
      return null;
    }
  }

  @Override
  public @Nullable Object adapt(
      int adapter, Class<?> type, @Nullable Object context, @Nullable Object value) {
    try {
      return adapters.get(adapter, type).adapt(context, value);
    } catch (Throwable fault) {
      faults.tell(adapters.name(adapter), fault, "the request passes untouched");
      return value;
    }
  }
}
