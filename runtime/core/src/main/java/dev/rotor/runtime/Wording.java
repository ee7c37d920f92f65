package dev.rotor.runtime;

import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a start, a reload and the command line say. */
public final class Wording {

  private Wording() {}

  /** One line: the file, the mode, the APIs with their number of keys, the bindings. */
  public static String summary(Settings settings) {
    String apis =
        settings.apis().values().stream()
            .sorted(Comparator.comparing(ApiSettings::name))
            .map(Wording::api)
            .collect(Collectors.joining(", "));
    long methods = settings.binds().stream().filter(bind -> bind.method() != null).count();
    long hosts = settings.binds().size() - methods;
    return settings.file().toAbsolutePath()
        + ", mode "
        + settings.mode().name().toLowerCase(Locale.ROOT)
        + "; APIs: "
        + (apis.isEmpty() ? "none" : apis)
        + "; bindings: "
        + methods
        + " of methods, "
        + hosts
        + " of hosts, and annotations as classes load";
  }

  private static String api(ApiSettings api) {
    int keys = api.keys().size();
    return api.name() + " (" + keys + (keys == 1 ? " key)" : " keys)");
  }

  /** All that is wrong with a file, a line each. */
  public static String mistakes(Path file, ConfigException wrong) {
    int count = wrong.mistakes().size();
    return "the configuration "
        + file
        + " cannot be used, for "
        + (count == 1 ? "one mistake:" : count + " mistakes:")
        + wrong.mistakes().stream()
            .map(it -> System.lineSeparator() + "  " + it)
            .collect(Collectors.joining());
  }
}
