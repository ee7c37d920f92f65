package dev.rotor.runtime.config;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One credential of an API. A key whose secret is {@link Secret#isMissing missing} is disabled. */
public record KeySettings(
    String name,
    Secret secret,
    @Nullable String account,
    int priority,
    @Nullable Rate requests,
    int concurrent,
    @Nullable String region,
    @Nullable URI baseUrl,
    Map<String, String> headers,
    boolean enabled) {
  /** {@link #concurrent} of a key that has no such limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public KeySettings {
    headers = Map.copyOf(headers);
  }

  /** Without headers, which may be secrets; the secret masked. */
  @Override
  public String toString() {
    return "KeySettings[" + name + ", " + secret + "]";
  }
}
