package dev.rotor.runtime.http;

import dev.rotor.runtime.config.Replaces;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose credential may be replaced (DESIGN section 6, {@code replaces}). Anything but none, a
 * placeholder, and what the configuration knows is somebody else's, and its request passes
 * untouched. Immutable; never prints what it knows.
 */
public final class ReplaceRule {
  /** Stands for "no credential" in programs whose client library insists on one. */
  public static final String PLACEHOLDER = "rotor";

  private static final String HASHED = "sha256:";

  private final boolean any;
  private final Set<String> known = new HashSet<>();
  private final Set<String> hashes = new HashSet<>();

  private ReplaceRule(boolean any) {
    this.any = any;
  }

  /**
   * Makes the rule of one API.
   *
   * @param secrets of the API's keys; after a key's secret changed also the old one, which the
   *     application may still send
   * @param applicationKeys more credentials, in clear or as {@code sha256:} and 64 hex digits
   */
  public static ReplaceRule of(
      Replaces replaces, Collection<Secret> secrets, Collection<String> applicationKeys) {
    ReplaceRule rule = new ReplaceRule(replaces == Replaces.ANY);
    rule.known.add(PLACEHOLDER);
    rule.known.add("");
    for (Secret secret : secrets) {
      if (!secret.isMissing()) {
        rule.known.add(secret.reveal());
      }
    }
    for (String key : applicationKeys) {
      if (key.regionMatches(true, 0, HASHED, 0, HASHED.length())) {
        rule.hashes.add(key.substring(HASHED.length()).strip().toLowerCase(Locale.ROOT));
      } else {
        rule.known.add(key);
      }
    }
    return rule;
  }

  /** Whether a request's credential, without its prefix, may be replaced; null: it has none. */
  public boolean allows(@Nullable String credential) {
    if (any || credential == null || known.contains(credential)) {
      return true;
    }
    // Not remembered: a hash costs far less than the request, and a memory of other people's
    // credentials is worth having less than that.
    return !hashes.isEmpty() && hashes.contains(sha256(credential));
  }

  /** Whether every credential in a request may be replaced, wherever it stands. */
  public boolean allows(KeyPlacement placement, Headers request, URI address) {
    return any || placement.everyCredential(request, address, this::allows);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
