package dev.rotor.runtime;

import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.Settings;
import java.util.List;

/** A way into the application's methods, as the watch over the configuration sees it. */
public interface FrontEnd {

  /** Takes a new configuration; every site gets its new plan. */
  void apply(Settings settings);

  /** The bindings of methods that no loaded class has. */
  List<BindSettings> unmatched();
}
