package dev.rotor.runtime.call;

import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.Mode;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.key.KeyPool;
import dev.rotor.runtime.key.PoolParts;
import dev.rotor.runtime.observe.Rotation;
import dev.rotor.runtime.observe.Rotations;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.Backoff;
import dev.rotor.runtime.policy.RetryBudget;
import dev.rotor.runtime.time.Clock;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An API at work: its keys and the policies that its calls share. It outlives reloads by name; what
 * a reload changes is swapped as a whole. Thread-safe.
 */
public final class Api {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final String name;
  private final KeyPool keys;
  private final Stats stats;
  private final Rotations rotations = new Rotations();
  private final Clock clock;
  private final DoubleSupplier random;
  private final Runnable rereadCredentials;

  private volatile Terms terms;

  /**
   * What one version of the settings comes to. A call reads it once, so that a reload never changes
   * it half way.
   */
  record Terms(
      ApiSettings settings,
      Mode mode,
      FailureClassifier failures,
      Backoff backoff,
      RetryBudget budget,
      long deadlineNanos) {}

  /**
   * Creates an API with fresh keys.
   *
   * @param mode of the API when its settings do not say
   * @param rereadCredentials looks at once whether secrets have changed; may block on files
   */
  public Api(
      ApiSettings settings,
      Mode mode,
      FailureClassifier failures,
      PoolParts parts,
      Runnable rereadCredentials) {
    this.name = settings.name();
    this.clock = parts.clock();
    this.random = parts.random();
    this.rereadCredentials = rereadCredentials;
    this.stats = parts.meters().stats("api", name);
    this.keys = new KeyPool(settings, parts);
    this.terms = terms(settings, mode, failures);
  }

  /** Takes new settings; keys keep their state by name. */
  public void update(ApiSettings settings, Mode mode, FailureClassifier failures, PoolParts parts) {
    keys.update(settings, parts);
    terms = terms(settings, mode, failures);
  }

  private Terms terms(ApiSettings settings, Mode mode, FailureClassifier failures) {
    return new Terms(
        settings,
        settings.mode() == null ? mode : settings.mode(),
        failures,
        new Backoff(settings.retry(), random),
        new RetryBudget(settings.retry().budget(), stats::calls, clock),
        settings.deadline() == null ? Long.MAX_VALUE : settings.deadline().toNanos());
  }

  public String name() {
    return name;
  }

  public ApiSettings settings() {
    return terms.settings();
  }

  public Mode mode() {
    return terms.mode();
  }

  public KeyPool keys() {
    return keys;
  }

  public Stats stats() {
    return stats;
  }

  /** The last times that an attempt went on with another key, and why; the oldest first. */
  public List<Rotation> rotations() {
    return rotations.all();
  }

  void rotated(Key from, String lane, Verdict why) {
    rotations.add(new Rotation(clock.instant(), from.name(), lane, why.cause()));
  }

  Terms terms() {
    return terms;
  }

  /** A fault while reading must not keep a refused key in use, nor lose the answer. */
  void rereadCredentials() {
    try {
      rereadCredentials.run();
    } catch (RuntimeException fault) {
      LOG.warn("apis.{}: a fault while the credentials were read again", name, fault);
    }
  }
}
