package dev.rotor.runtime;

import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.ConfigWatcher;
import dev.rotor.runtime.config.Durations;
import dev.rotor.runtime.config.Settings;
import dev.rotor.runtime.time.RotorThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the configuration's files twice a second and applies what has changed; a file that
 * cannot be used changes nothing and is told once. On the same thread it ends attempts whose
 * answers were dropped unread, and tells what is only known when the application runs: the first
 * call through each API, and patterns that match nothing.
 */
public final class ConfigWatch implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  /**
   * How long an application may take to load the classes that patterns mean; another time is said
   * by {@code -Drotor.unmatched-after=2m}.
   */
  private static final Duration UP_AFTER = Duration.ofSeconds(20);

  private static final String UP_AFTER_PROPERTY = "rotor.unmatched-after";

  private final Path file;
  private final ConfigLoader loader;
  private final Rotor rotor;
  private final FrontEnd frontEnd;
  private final Set<String> seenApis = new HashSet<>();
  private ConfigWatcher watcher;
  private long patternsCheckedAt = System.nanoTime() + upAfter().toNanos();
  private boolean patternsChecked;

  /**
   * Creates a watch over the files that {@code loader} has just read; nothing happens before {@link
   * #start}.
   */
  public ConfigWatch(Path file, ConfigLoader loader, Rotor rotor, FrontEnd frontEnd) {
    this.file = file;
    this.loader = loader;
    this.rotor = rotor;
    this.frontEnd = frontEnd;
    this.watcher = loader.watcher();
  }

  private static Duration upAfter() {
    String said = System.getProperty(UP_AFTER_PROPERTY);
    try {
      return said == null ? UP_AFTER : Durations.parse(said);
    } catch (IllegalArgumentException wrong) {
      LOG.warn("-D{}: {}; {} stands", UP_AFTER_PROPERTY, wrong.getMessage(), UP_AFTER);
      return UP_AFTER;
    }
  }

  /** Starts the watching thread, a daemon. */
  public void start() {
    rotor.onRefusedCredential(this::lookForChanges);
    RotorThreads.daemon("rotor-config", this).start();
  }

  @Override
  public void run() {
    while (true) {
      try {
        Thread.sleep(EVERY.toMillis());
        lookForChanges();
        rotor.exchanges().endAbandoned();
        tellFirstCalls();
        tellUnmatched();
      } catch (InterruptedException stop) {
        return;
      } catch (Throwable fault) {
        LOG.warn("a fault while watching {}; the watch goes on", file, fault);
      }
    }
  }

  private synchronized void lookForChanges() {
    if (!watcher.changed()) {
      return;
    }
    try {
      Settings settings = loader.load(file);
      frontEnd.apply(settings);
      LOG.info("reloaded: {}", Wording.summary(settings));
    } catch (ConfigException wrong) {
      LOG.error(
          "{}. Nothing is changed; the configuration before it stays.",
          Wording.mistakes(file, wrong));
    } catch (IllegalArgumentException wrong) {
      LOG.error(
          "{}: {}. Nothing is changed; the configuration before it stays.",
          file,
          wrong.getMessage());
    } finally {
      watcher = loader.watcher();
    }
  }

  private void tellFirstCalls() {
    rotor
        .apis()
        .forEach(
            api -> {
              if (api.stats().calls() > 0 && seenApis.add(api.name())) {
                LOG.info("API {}: the first call went through", api.name());
              }
            });
  }

  private void tellUnmatched() {
    if (patternsChecked || System.nanoTime() - patternsCheckedAt < 0) {
      return;
    }
    patternsChecked = true;
    for (BindSettings bind : frontEnd.unmatched()) {
      LOG.warn(
          "{}: the pattern `{}` matches no method of the classes loaded so far; is the name of the class"
              + " or of a parameter right?",
          bind.where(),
          bind.method());
    }
  }
}
