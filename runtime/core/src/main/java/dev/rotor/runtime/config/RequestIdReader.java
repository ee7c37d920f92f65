package dev.rotor.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads in which header an API's requests carry an id of the caller's own. */
final class RequestIdReader {
  private static final String NAME = "request-id-header";

  private RequestIdReader() {}

  /**
   * The header as the API says, else as its profile does; null: none. A header that is given a
   * fixed value elsewhere has no room for an id.
   *
   * @param headers those of the API and of each of its keys
   */
  static @Nullable String read(
      Section api,
      @Nullable ProfileSettings profile,
      @Nullable String idempotencyHeader,
      List<Map<String, String>> headers) {
    List<String> fixed = new ArrayList<>();
    headers.forEach(it -> fixed.addAll(it.keySet()));
    Setting setting = api.get(NAME);
    if (setting == null) {
      String usual = profile == null ? null : profile.clientRequestId();
      return usual == null || isAmong(fixed, usual) ? null : usual;
    }
    Boolean switched = setting.switched();
    if (switched != null) {
      if (switched) {
        setting.mistake("must be the name of a header, such as `X-Request-Id`, or `off`");
      }
      return null;
    }
    String header = setting.parse(HttpText::header);
    if (header == null || profile == null) {
      return null;
    }
    if (carriesCredentials(profile.key(), header)) {
      setting.mistake(setting.shown() + " carries a credential, and ids are printed; name another");
    } else if (header.equalsIgnoreCase(idempotencyHeader)) {
      setting.mistake(setting.shown() + " is the `idempotency-header` already; name another");
    } else if (isAmong(fixed, header)) {
      setting.mistake(
          setting.shown() + " has a fixed value under `headers`; name another, or drop that");
    }
    return header;
  }

  private static boolean carriesCredentials(ProfileSettings.Placement key, String header) {
    return header.equalsIgnoreCase(key.header())
        || header.equalsIgnoreCase("Authorization")
        || header.equalsIgnoreCase("Cookie")
        || isAmong(key.alternatives(), header);
  }

  private static boolean isAmong(List<String> headers, String header) {
    return headers.stream().anyMatch(header::equalsIgnoreCase);
  }
}
