package dev.rotor.runtime.http;

import dev.rotor.runtime.config.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which APIs a header's value belongs to, because it carries one of their secrets, present or
 * former. Immutable; never prints what it knows.
 */
final class SecretOwners {

  private final Map<String, List<Upstream>> owners = new HashMap<>();
  private final List<String> prefixes;

  SecretOwners(List<Upstream> upstreams) {
    TreeSet<String> found = new TreeSet<>();
    for (Upstream upstream : upstreams) {
      found.add(upstream.profile().placement().prefix().strip());
      for (Secret secret : upstream.secrets()) {
        owners.computeIfAbsent(secret.reveal(), it -> new ArrayList<>()).add(upstream);
      }
    }
    found.remove("");
    this.prefixes = List.copyOf(found);
  }

  /** Looks at the value, at what follows each space in it, and at what follows a known prefix. */
  List<Upstream> of(String header) {
    String value = header.strip();
    List<Upstream> found = exactly(value);
    for (int i = 0; i < prefixes.size() && found.isEmpty(); i++) {
      String prefix = prefixes.get(i);
      if (value.regionMatches(true, 0, prefix, 0, prefix.length())) {
        found = exactly(value.substring(prefix.length()).strip());
      }
    }
    for (int at = 0; at < value.length() && found.isEmpty(); at++) {
      if (Character.isWhitespace(value.charAt(at))) {
        found = exactly(value.substring(at).strip());
      }
    }
    return found;
  }

  private List<Upstream> exactly(String value) {
    return owners.getOrDefault(value, List.of());
  }
}
