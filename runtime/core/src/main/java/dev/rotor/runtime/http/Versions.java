package dev.rotor.runtime.http;

import dev.rotor.runtime.config.VersionForm;
import dev.rotor.runtime.config.VersionSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends requests to another version of an API: the one that their path names is replaced. */
record Versions(VersionSettings settings) {

  /**
   * The address with the version that is configured; the same where none is, or its path names
   * none. All else stays byte for byte.
   *
   * @param address where the request goes
   * @param asked the application's own address, which decides
   */
  URI applied(URI address, URI asked) {
    String version = version(asked);
    String path = address.getRawPath();
    if (version == null || path == null) {
      return address;
    }
    String replaced = VersionForm.replaced(path, version);
    return replaced.equals(path) ? address : BaseUrl.withPath(address, address, replaced);
  }

  private @Nullable String version(URI asked) {
    if (!settings.byPath().isEmpty()) {
      String path = HttpSite.path(asked);
      for (VersionSettings.ForPath one : settings.byPath()) {
        if (one.path().matches(path)) {
          return one.version();
        }
      }
    }
    return settings.version();
  }
}
