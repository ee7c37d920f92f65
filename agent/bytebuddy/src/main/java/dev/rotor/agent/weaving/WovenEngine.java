package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.config.Secret;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of the bridge. Lets no fault out: one before the body lets the call through
 * untouched, one after the body ends the call with what the body came to.
 */
final class WovenEngine extends Bridge.Engine {

  private final Interception interception;
  private final Sites sites;
  private final Adapters adapters;
  private final FutureCalls futures;
  private final Faults faults;

  WovenEngine(Interception interception, Sites sites, Adapters adapters, Faults faults) {
    this.interception = interception;
    this.sites = sites;
    this.adapters = adapters;
    this.faults = faults;
    this.futures = new FutureCalls(interception, faults);
  }

  @Override
  public @Nullable Object begin(
      int number, @Nullable Class<?> type, @Nullable Object self, Object @Nullable [] arguments) {
    MethodSite site = sites.get(number);
    if (site == null || site.plan() == null) {
      return null;
    }
    try {
      site.seen(type);
      return interception.begin(site, self, arguments);
    } catch (Throwable fault) {
      faults.tell(site.name(), fault, "the call passes untouched");
      return null;
    }
  }

  @Override
  public boolean proceed(Object object) {
    Call call = (Call) object;
    try {
      return call.proceed();
    } catch (Throwable fault) {
      faults.tell(call.site().name(), fault, "the call passes untouched");
      giveUp(call);
      return true;
    }
  }

  @Override
  public boolean again(Object object, @Nullable Object value, @Nullable Throwable thrown) {
    Call call = (Call) object;
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

  @Override
  public @Nullable Throwable failure(Object call) {
    return ((Call) call).failure();
  }

  @Override
  public @Nullable Object value(Object call) {
    return ((Call) call).value();
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
      return futures.begin(site, body, self, arguments);
    } catch (Throwable fault) {
      faults.tell(site.name(), fault, "the call passes untouched");
      return null;
    }
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
