package dev.rotor.runtime.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What an attempt changes in the application's request. Holds a secret: never log it.
 *
 * @param uri where to send it; the application's own instance when that does not change
 * @param set headers to set, replacing all values of the same name in any case
 * @param remove headers to remove, in any case
 */
public record RequestEdit(URI uri, Map<String, String> set, List<String> remove) {

  public RequestEdit {
    set = Map.copyOf(set);
    remove = List.copyOf(remove);
  }

  /** Whether a header of the application's request does not go along as it is. */
  public boolean replaces(String header) {
    for (String name : set.keySet()) {
      if (name.equalsIgnoreCase(header)) {
        return true;
      }
    }
    for (String name : remove) {
      if (name.equalsIgnoreCase(header)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "RequestEdit[set=" + set.keySet() + ", remove=" + remove + "]";
  }
}
