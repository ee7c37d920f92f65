package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Refusal;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.config.ApplicationPattern;
import dev.rotor.runtime.config.HostPattern;
import dev.rotor.runtime.config.PathPattern;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host, or a part of one, whose requests are bound to an API. */
public final class HttpSite extends Site {

  private final HostPattern host;
  private final List<String> methods;
  private final @Nullable PathPattern path;
  private final @Nullable ApplicationPattern application;
  private final Upstream upstream;

  /**
   * Creates a site.
   *
   * @param methods HTTP methods it is for; empty: all
   * @param path which paths it is for; null: all
   * @param application which web applications it is for; null: all
   */
  public HttpSite(
      HostPattern host,
      List<String> methods,
      @Nullable PathPattern path,
      @Nullable ApplicationPattern application,
      Upstream upstream,
      Stats stats) {
    super(name(host), true, stats);
    this.host = host;
    this.methods = methods.stream().map(it -> it.toUpperCase(Locale.ROOT)).toList();
    this.path = path;
    this.application = application;
    this.upstream = upstream;
  }

  /** What sites of this host are called in messages and metrics. */
  public static String name(HostPattern host) {
    return "host " + host;
  }

  HostPattern host() {
    return host;
  }

  Upstream upstream() {
    return upstream;
  }

  boolean isFor(Request request) {
    return (methods.isEmpty() || methods.contains(request.method().toUpperCase(Locale.ROOT)))
        && (path == null || path.matches(path(request.uri())))
        && (application == null || isOfApplication(application));
  }

  private static boolean isOfApplication(ApplicationPattern wanted) {
    String name = ApplicationNames.current();
    return name != null && wanted.matches(name);
  }

  /** As patterns are matched against it. */
  static String path(URI address) {
    String decoded = address.getPath();
    return decoded == null || decoded.isEmpty() ? "/" : decoded;
  }

  @Override
  protected ValueCache cache() {
    throw new IllegalStateException(name() + ": answers of a host are not cached");
  }

  /** Never reaches the application: a host site answers with {@link RefusedAnswer}. */
  @Override
  protected RuntimeException refusal(Refusal kind, String message) {
    return new Refused(message);
  }

  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }
}
