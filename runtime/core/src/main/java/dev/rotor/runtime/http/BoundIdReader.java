package dev.rotor.runtime.http;

import dev.rotor.runtime.config.PathVariable;
import dev.rotor.runtime.config.ProfileSettings.BoundIdPlaces;
import org.jspecify.annotations.Nullable;

/**
 * Finds ids that live in one account. Providers write the same id alone, in a path ({@code
 * files/abc}), and in a URL; what follows the last slash is the id. Immutable.
 */
final class BoundIdReader {
  private static final int LONGEST = 256;

  private final BoundIdPlaces places;
  private final JsonReader named;
  private final JsonReader made;

  BoundIdReader(BoundIdPlaces places) {
    this.places = places;
    this.named = JsonReader.of(places.body());
    this.made = JsonReader.of(places.madeAt());
  }

  /** Whether {@link #named} reads the request's body. */
  boolean needsBody() {
    return !places.body().isEmpty();
  }

  /** The first id that a request names. */
  @Nullable String named(Request request, byte @Nullable [] body) {
    if (!places.paths().isEmpty()) {
      String path = HttpSite.path(request.uri());
      for (PathVariable piece : places.paths()) {
        String id = piece.in(path);
        if (id != null && isMade(id)) {
          return id(id);
        }
      }
    }
    return body == null || !needsBody() ? null : id(named.first(body));
  }

  /** A word of the API's own, as in {@code /threads/runs}, is no id: those are made by chance. */
  private static boolean isMade(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  /** Whether an answer to this request may make an id. */
  boolean mayMake(Request request) {
    if (places.madeBy().isEmpty() || !"POST".equalsIgnoreCase(request.method())) {
      return false;
    }
    String path = HttpSite.path(request.uri());
    for (String end : places.madeBy()) {
      if (path.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /** The id in an answer to a request that {@link #mayMake} one. */
  @Nullable String made(byte[] answer) {
    return id(made.first(answer));
  }

  private static @Nullable String id(@Nullable String told) {
    if (told == null) {
      return null;
    }
    String id = told.substring(told.lastIndexOf('/') + 1);
    return id.isBlank() || id.length() > LONGEST ? null : id;
  }
}
