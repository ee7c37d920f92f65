package dev.rotor.runtime.http;

import dev.rotor.runtime.config.DeprecatedPath;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once for each path of an API, when a request goes to what the file lists as deprecated, or
 * when the provider says so in an answer. Outlives reloads. Thread-safe; never throws.
 */
public final class Deprecations {

  private static final Logger LOG = LoggerFactory.getLogger(Deprecations.class);

  static final int MOST_PATHS = 100;

  private final String api;
  private final Set<String> told = new HashSet<>();
  private final Set<DeprecatedPath> listedTold = new HashSet<>();

  public Deprecations(String api) {
    this.api = api;
  }

  /** A request goes to this address. */
  void asked(Supplier<URI> address, List<DeprecatedPath> listed) {
    if (listed.isEmpty()) {
      return;
    }
    String path = HttpSite.path(address.get());
    for (DeprecatedPath one : listed) {
      if (one.path().matches(path)) {
        tell(one);
        return;
      }
    }
  }

  private void tell(DeprecatedPath listed) {
    synchronized (listedTold) {
      if (listedTold.size() >= MOST_PATHS || !listedTold.add(listed)) {
        return;
      }
    }
    LOG.warn(
        "apis.{}: requests go to {}, which the configuration lists as deprecated{}{}",
        api,
        listed.path(),
        listed.sunset() == null ? "" : "; it may be gone from " + listed.sunset(),
        listed.guide() == null ? "" : "; see " + listed.guide());
  }

  /**
   * An answer from this address.
   *
   * @param secrets the API's own, which a path may hold
   */
  void answered(Supplier<URI> from, Headers headers, List<Secret> secrets) {
    try {
      if (!DeprecationHeaders.areIn(headers)) {
        return;
      }
      URI address = from.get();
      String notice = DeprecationHeaders.read(headers, address);
      String shape = PathShape.of(address.getRawPath(), secrets);
      if (notice != null && isNew(shape)) {
        LOG.warn("apis.{}: the provider says of {} that it {}", api, shape, notice);
      }
    } catch (RuntimeException fault) {
      LOG.debug("apis.{}: a notice of deprecation could not be read", api, fault);
    }
  }

  private boolean isNew(String shape) {
    synchronized (told) {
      return told.size() < MOST_PATHS && told.add(shape);
    }
  }
}
