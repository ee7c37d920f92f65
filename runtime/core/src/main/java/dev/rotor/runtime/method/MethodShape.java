package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a method looks like.
 *
 * @param isAsync declared to return a future that Rotor may replace
 * @param keyIndex index of the {@code @ApiKey} parameter, or -1
 * @param baseUrlIndex index of the {@code @BaseUrl} parameter, or -1
 */
public record MethodShape(boolean isAsync, boolean isSynchronized, int keyIndex, int baseUrlIndex) {

  /** Whether a parameter receives the key or its base URL. */
  public boolean takesKey() {
    return keyIndex >= 0 || baseUrlIndex >= 0;
  }

  /** A copy of the application's arguments for the attempt under way, with its key in place. */
  public @Nullable Object[] arguments(Call call, @Nullable Object[] original) {
    @Nullable Object[] all = original.clone();
    Secret secret = call.secret();
    if (keyIndex >= 0 && secret != null) {
      all[keyIndex] = secret.reveal();
    }
    URI baseUrl = call.baseUrl();
    if (baseUrlIndex >= 0 && baseUrl != null) {
      all[baseUrlIndex] = baseUrl.toString();
    }
    return all;
  }
}
