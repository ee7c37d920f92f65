package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where an API's key goes in a request, and where the application may have put its own: the
 * profile's header or query parameter, and the alternatives. An alternative that starts with {@code
 * ?} is a query parameter ({@code ?key} for Gemini), any other a header.
 *
 * <p>To place a key: remove the {@link #alternatives()}, set {@link #headerName()} to {@link
 * #headerValue} if there is one, and send to {@link #withKey}. Immutable.
 */
public final class KeyPlacement {
  private static final String QUERY = "?";

  /** Schemes in front of a token (RFC 6750; GitHub's own), whatever the profile's prefix. */
  private static final List<String> SCHEMES = List.of("bearer ", "token ");

  private final @Nullable String header;
  private final String prefix;
  private final @Nullable QueryParameter query;
  private final List<String> otherHeaders;
  private final List<QueryParameter> otherQueries;

  private KeyPlacement(ProfileSettings.Placement settings) {
    this.header = settings.header();
    this.prefix = settings.prefix();
    String parameter = settings.query();
    this.query = parameter == null ? null : new QueryParameter(parameter);
    List<String> headers = new ArrayList<>();
    List<QueryParameter> queries = new ArrayList<>();
    for (String other : settings.alternatives()) {
      if (other.startsWith(QUERY)) {
        queries.add(new QueryParameter(other.substring(QUERY.length())));
      } else {
        headers.add(other);
      }
    }
    this.otherHeaders = List.copyOf(headers);
    this.otherQueries = List.copyOf(queries);
  }

  public static KeyPlacement of(ProfileSettings.Placement settings) {
    return new KeyPlacement(settings);
  }

  /** The header that the key goes into; null when it goes into the query. */
  public @Nullable String headerName() {
    return header;
  }

  /** The headers to remove, in which clients may carry another credential. */
  public List<String> alternatives() {
    return otherHeaders;
  }

  /** What stands before the key in its header; may be empty. */
  String prefix() {
    return prefix;
  }

  /** The header's value with a key in it. It shows the secret, so it goes into a request only. */
  public String headerValue(Secret secret) {
    return prefix.isEmpty() ? secret.reveal() : prefix + secret.reveal();
  }

  /**
   * The address to send to with this key: with the query parameter set, or with the alternative
   * parameters gone. The rest stays byte for byte; the same instance comes back when nothing
   * changes.
   */
  public URI withKey(URI request, Secret secret) {
    URI target = query == null ? request : query.set(request, secret.reveal());
    for (QueryParameter other : otherQueries) {
      target = other.remove(target);
    }
    return target;
  }

  /**
   * The credential that the application put into a request, without its prefix: empty for a prefix
   * alone, null when there is none. Where there are several, the first by the profile's order.
   */
  public @Nullable String credential(Headers request, URI address) {
    @Nullable String[] first = new @Nullable String[1];
    everyCredential(
        request,
        address,
        credential -> {
          first[0] = credential;
          return false;
        });
    return first[0];
  }

  /**
   * Whether all credentials in a request pass a test; asks until the first that does not. True when
   * there are none.
   */
  boolean everyCredential(Headers request, URI address, Predicate<String> test) {
    if (header != null && !passes(request.first(header), test)) {
      return false;
    }
    for (int i = 0; i < otherHeaders.size(); i++) {
      if (!passes(request.first(otherHeaders.get(i)), test)) {
        return false;
      }
    }
    if (query != null && !query.everyValue(address, test)) {
      return false;
    }
    for (QueryParameter other : otherQueries) {
      if (!other.everyValue(address, test)) {
        return false;
      }
    }
    return true;
  }

  private boolean passes(@Nullable String value, Predicate<String> test) {
    return value == null || test.test(bare(value.strip()));
  }

  private String bare(String value) {
    String bare = without(prefix, value);
    if (bare != null) {
      return bare;
    }
    for (String scheme : SCHEMES) {
      bare = without(scheme, value);
      if (bare != null) {
        return bare;
      }
    }
    return value;
  }

  /** Null when the value has no such prefix. A prefix alone has lost its trailing space. */
  private static @Nullable String without(String prefix, String value) {
    if (prefix.isEmpty()) {
      return null;
    }
    if (value.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return value.substring(prefix.length()).strip();
    }
    return value.equalsIgnoreCase(prefix.strip()) ? "" : null;
  }
}
