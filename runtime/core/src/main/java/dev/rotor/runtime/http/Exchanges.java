package dev.rotor.runtime.http;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.observe.Stats.Event;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the adapters of HTTP clients come in: each request that an application is about to send is
 * shown here, below the application's own interceptors and above the client's own redirects.
 * Thread-safe.
 */
public final class Exchanges {

  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

  private final Interception interception;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final PlainText plainText = new PlainText();
  private final AbandonedBodies abandoned = new AbandonedBodies();
  private volatile Routes routes = Routes.NONE;

  /** Creates an entry that binds nothing yet. */
  public Exchanges(Interception interception) {
    this.interception = interception;
  }

  /** Swaps the routes; exchanges under way go on with the old ones. */
  public void routes(Routes next) {
    routes = next;
  }

  public Routes routes() {
    return routes;
  }

  /**
   * Begins an exchange on the thread that sends it.
   *
   * @return null: the request passes untouched
   */
  public @Nullable HttpCall begin(Request request) {
    Routes present = routes;
    HttpSite site = present.find(request, null);
    if (site == null) {
      return null;
    }
    Call current = interception.current();
    if (current != null && !current.isAnswered() && current.site() instanceof HttpSite) {
      // the client's own way of sending what an exchange sends
      return null;
    }
    Api around = current == null ? null : current.api();
    if (around != null && around != site.upstream().api()) {
      site = requireNonNull(present.find(request, around));
    }
    Upstream upstream = site.upstream();
    if (!upstream.isAddressed(request)) {
      return null;
    }
    if (!upstream.mayReplace(request)) {
      foreign(site, upstream);
      return null;
    }
    abandoned.sweep();
    Call call = interception.begin(site, null, null);
    if (call == null) {
      return null;
    }
    try {
      return new HttpCall(this, interception, call, upstream, request, plainText, abandoned);
    } catch (Throwable fault) {
      call.abandon();
      throw fault;
    }
  }

  /** Ends the attempts whose answers were dropped unread, as far as that is known by now. */
  public void endAbandoned() {
    abandoned.sweep();
  }

  /** The call that this thread is in, for a client that sends on a thread of its own. */
  public @Nullable Call context() {
    return interception.current();
  }

  /** Runs {@code body} in a call that another thread was in. */
  public <T extends @Nullable Object> T within(@Nullable Call context, Supplier<T> body) {
    return interception.within(context, body);
  }

  /**
   * Tells of a fault inside Rotor after which an exchange ended with what it had come to. Not what
   * the fault says of itself: that could show a secret.
   */
  void fault(Site site, Throwable fault) {
    StackTraceElement[] stack = fault.getStackTrace();
    if (told.add(site.name() + " fault")) {
      LOG.warn(
          "{}: a fault inside Rotor ({} at {}); the application gets the answer as it is",
          site.name(),
          fault.getClass().getName(),
          stack.length == 0 ? "unknown" : stack[0]);
    } else {
      LOG.debug("{}: {} at {}", site.name(), fault.getClass().getName(), Arrays.toString(stack));
    }
  }

  /**
   * Counts a request that passes because its credential is somebody else's, and tells the first.
   */
  void foreign(Site site, Upstream upstream) {
    site.stats().event(Event.UNTOUCHED);
    if (told.add(site.name())) {
      LOG.warn(
          "{}: a request carries a credential that is none of the keys of API `{}`; it passes untouched, and"
              + " so do others like it. To replace such credentials, list them under"
              + " `apis.{}.application-keys`, or set `apis.{}.replaces: any`.",
          site.name(),
          upstream.api().name(),
          upstream.api().name(),
          upstream.api().name());
    }
  }
}
