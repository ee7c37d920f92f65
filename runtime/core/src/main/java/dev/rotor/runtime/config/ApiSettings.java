package dev.rotor.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One API: its hosts, profile, keys and policies. */
public record ApiSettings(
    String name,
    @Nullable Mode mode,
    ProfileSettings profile,
    List<HostPattern> hosts,
    @Nullable URI baseUrl,
    StrategySettings strategy,
    @Nullable AffinitySource affinity,
    List<KeySettings> keys,
    Rates limits,
    Replaces replaces,
    List<String> applicationKeys,
    Map<String, String> headers,
    Duration cooldown,
    int rotateMax,
    RetrySettings retry,
    WaitSettings waiting,
    @Nullable Duration deadline,
    @Nullable BreakerSettings breaker,
    boolean intercept,
    @Nullable String idempotencyHeader,
    @Nullable String requestIdHeader,
    VersionSettings versions,
    List<DeprecatedPath> deprecated) {
  public ApiSettings {
    hosts = List.copyOf(hosts);
    keys = List.copyOf(keys);
    applicationKeys = List.copyOf(applicationKeys);
    headers = Map.copyOf(headers);
    deprecated = List.copyOf(deprecated);
  }

  /** Without headers and application keys, which may be secrets. */
  @Override
  public String toString() {
    return "ApiSettings[" + name + ", hosts " + hosts + ", keys " + keys + "]";
  }
}
