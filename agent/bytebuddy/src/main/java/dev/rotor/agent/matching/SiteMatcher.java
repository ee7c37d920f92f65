package dev.rotor.agent.matching;

import dev.rotor.agent.matching.Hierarchy.Lineage;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.MethodPattern;
import dev.rotor.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether a class may have sites: it, or a supertype, names one of our annotations or is
 * meant by a pattern of the configuration. Thread-safe.
 */
public final class SiteMatcher {

  private final Hierarchy hierarchy = new Hierarchy();
  private volatile List<MethodPattern> patterns;

  /** Creates a matcher for the patterns of this configuration. */
  public SiteMatcher(Settings settings) {
    this.patterns = patterns(settings);
  }

  /** Takes the patterns of a new configuration. */
  public void apply(Settings settings) {
    patterns = patterns(settings);
  }

  private static List<MethodPattern> patterns(Settings settings) {
    List<MethodPattern> result = new ArrayList<>();
    for (BindSettings bind : settings.binds()) {
      if (bind.method() != null) {
        result.add(bind.method());
      }
    }
    return List.copyOf(result);
  }

  /**
   * Whether to look at the class more closely.
   *
   * @param name internal name
   */
  public boolean mayHaveSites(ClassLoader loader, String name, byte[] file) {
    Lineage lineage = hierarchy.lineage(loader, name, file);
    if (lineage.marked()) {
      return true;
    }
    List<MethodPattern> current = patterns;
    if (!current.isEmpty()) {
      for (String type : lineage.names()) {
        String binaryName = type.replace('/', '.');
        for (MethodPattern pattern : current) {
          if (pattern.matchesType(binaryName)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The same by name alone, for a class that is loaded already. */
  public boolean isMeant(Class<?> type) {
    List<MethodPattern> current = patterns;
    return !current.isEmpty() && isMeant(type, current);
  }

  private static boolean isMeant(Class<?> type, List<MethodPattern> patterns) {
    for (MethodPattern pattern : patterns) {
      if (pattern.matchesType(type.getName())) {
        return true;
      }
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (isMeant(parent, patterns)) {
        return true;
      }
    }
    Class<?> parent = type.getSuperclass();
    return parent != null && isMeant(parent, patterns);
  }
}
