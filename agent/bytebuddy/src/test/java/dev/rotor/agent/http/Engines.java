package dev.rotor.agent.http;

import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Engines for one API at a provider, with two keys unless said otherwise. */
public final class Engines {

  public static final String FIRST = "key-first-000000000001";
  public static final String SECOND = "key-second-00000000002";

  private Engines() {}

  /** Keys as bearer tokens. */
  public static Rotor bearer(Provider provider, FakeTime time) {
    return of(provider, time, "profile: generic-bearer");
  }

  /**
   * An engine.
   *
   * @param settings lines of the API that are added, or stand in for those that are always there
   */
  public static Rotor of(Provider provider, FakeTime time, String... settings) {
    return of(provider, time, time, settings);
  }

  /** The same with a clock of its own. */
  public static Rotor of(Provider provider, Clock clock, FakeTime time, String... settings) {
    return of(provider.port(), clock, time, settings);
  }

  /** The same for another provider at a local port. */
  public static Rotor of(int port, FakeTime time, String... settings) {
    return of(port, time, time, settings);
  }

  private static Rotor of(int port, Clock clock, FakeTime time, String... settings) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("hosts", "[\"127.0.0.1:" + port + "\"]");
    lines.put("strategy", "priority");
    lines.put(
        "keys",
        "[{name: first, secret: %s, priority: 2}, {name: second, secret: %s, priority: 1}]"
            .formatted(FIRST, SECOND));
    lines.put("retry", "{max: 2, backoff: 1s, budget: 100%}");
    lines.put("wait", "{max: 1s}");
    for (String setting : settings) {
      int colon = setting.indexOf(':');
      lines.put(setting.substring(0, colon), setting.substring(colon + 1));
    }
    StringBuilder yaml = new StringBuilder("apis:\n  stub:\n");
    lines.forEach((name, value) -> yaml.append("    " + name + ": " + value + "\n"));
    try {
      Path file = Files.createTempFile("rotor", ".yaml");
      Files.writeString(file, yaml);
      try {
        return new Rotor(new ConfigLoader(Map.of()).load(file), clock, time, time, () -> 0.5);
      } finally {
        Files.delete(file);
      }
    } catch (ConfigException | IOException wrong) {
      throw new IllegalStateException(wrong.getMessage(), wrong);
    }
  }
}
