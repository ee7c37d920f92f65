package dev.rotor.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One credential of an API. A key whose secret is {@link Secret#isMissing missing} is disabled.
 *
 * @param weight a factor on the chance to be drawn
 * @param models patterns of the lanes that it serves; empty: all
 * @param tier what calls must ask for to get it; null: it is for those that ask for none
 * @param urgency how urgent a call must be to get it; null: any will do
 */
public record KeySettings(
    String name,
    Secret secret,
    @Nullable String account,
    int priority,
    double weight,
    Rates limits,
    @Nullable QuotaSettings quota,
    int concurrent,
    List<String> models,
    @Nullable String tier,
    @Nullable Urgency urgency,
    @Nullable String region,
    @Nullable URI baseUrl,
    Map<String, String> headers,
    boolean enabled) {
  /** {@link #concurrent} of a key that has no such limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public KeySettings {
    headers = Map.copyOf(headers);
    models = List.copyOf(models);
  }

  /** Whether it serves a lane; the one without a name is of no known model, so any key will do. */
  public boolean serves(String lane) {
    if (models.isEmpty() || lane.isEmpty()) {
      return true;
    }
    for (String model : models) {
      if (NamePattern.matches(model, lane)) {
        return true;
      }
    }
    return false;
  }

  /** Without headers, which may be secrets; the secret masked. */
  @Override
  public String toString() {
    return "KeySettings[" + name + ", " + secret + "]";
  }
}
