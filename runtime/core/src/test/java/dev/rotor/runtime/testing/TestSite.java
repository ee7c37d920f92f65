package dev.rotor.runtime.testing;

import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.call.Refusal;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;
import dev.rotor.runtime.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A method that is not there. */
public final class TestSite extends Site {

  /** What a call ends with that was refused. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final Clock clock;
  private @Nullable ValueCache values;

  public TestSite(String name, boolean waits, Clock clock, @Nullable Plan plan) {
    super(name, waits, new Stats());
    this.clock = clock;
    plan(plan);
  }

  @Override
  protected synchronized ValueCache cache() {
    CacheSettings settings = Objects.requireNonNull(Objects.requireNonNull(plan()).cache());
    if (values == null || !values.settings().equals(settings)) {
      values = new ValueCache(settings, clock);
    }
    return values;
  }

  @Override
  protected RuntimeException refusal(Refusal kind, String message) {
    return new Refused(message);
  }
}
