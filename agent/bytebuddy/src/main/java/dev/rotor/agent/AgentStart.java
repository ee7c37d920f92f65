package dev.rotor.agent;

import dev.rotor.agent.weaving.Installation;
import dev.rotor.runtime.ConfigWatch;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.Wording;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigFile;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.Settings;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Rotor in a JVM; called by the premain class through Rotor's own loader. */
public final class AgentStart {

  private static final Logger LOG = LoggerFactory.getLogger(AgentStart.class);

  private AgentStart() {}

  /**
   * Reads the configuration and begins.
   *
   * @param argument what stood behind {@code -javaagent:rotor-agent.jar=}
   * @param attached the application runs already
   * @return why it did not begin, for people; null: it did
   */
  public static @Nullable String start(
      @Nullable String argument, Instrumentation instrumentation, boolean attached) {
    ConfigFile file = ConfigFile.find(argument, System.getenv());
    if (file == null) {
      return "[rotor] there is no configuration: name a file with -javaagent:rotor-agent.jar=FILE,"
          + " -Drotor.config=FILE or ROTOR_CONFIG=FILE, or put a rotor.yaml into the working directory "
          + System.getProperty("user.dir");
    }
    ConfigLoader loader = new ConfigLoader(System.getenv());
    Settings settings;
    try {
      settings = loader.load(file.path());
    } catch (ConfigException wrong) {
      return "[rotor] (file named by "
          + file.saidBy()
          + ") "
          + Wording.mistakes(file.path(), wrong);
    }
    Rotor rotor = new Rotor(settings);
    Installation installation = new Installation(rotor, instrumentation);
    if (!installation.install(attached)) {
      return "[rotor] is attached to this JVM already";
    }
    new ConfigWatch(file.path(), loader, rotor, installation).start();
    rotor.writeAtExit();
    LOG.info("started: {}", Wording.summary(settings));
    return null;
  }
}
