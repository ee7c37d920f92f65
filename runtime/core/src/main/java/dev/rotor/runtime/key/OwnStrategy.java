package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.extension.KeyStrategy;
import dev.rotor.runtime.extension.KeyView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a strategy of the user's own. Its faults never cost a call its key. */
final class OwnStrategy implements Strategy {

  private static final Logger LOG = LoggerFactory.getLogger(OwnStrategy.class);

  private final KeyStrategy strategy;
  private final String name;
  private final AtomicBoolean told = new AtomicBoolean();

  OwnStrategy(KeyStrategy strategy, String name) {
    this.strategy = strategy;
    this.name = name;
  }

  @Override
  public @Nullable Lane acquire(Lineup lineup, Need need, long now) {
    List<KeyView> views = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int place = lineup.nextAwake(0); place >= 0; place = lineup.nextAwake(place + 1)) {
      if (lineup.lane(place).isUsable(need, now)) {
        views.add(new View(lineup.lane(place), now));
        places.add(place);
      }
    }
    int start = 0;
    if (!views.isEmpty()) {
      start = places.get(choose(views));
    }
    return lineup.firstUsable(0, lineup.size(), start, need, now);
  }

  private int choose(List<KeyView> views) {
    try {
      int chosen = strategy.choose(List.copyOf(views));
      if (chosen >= 0 && chosen < views.size()) {
        return chosen;
      }
      tell("chose " + chosen + " of " + views.size());
    } catch (RuntimeException | LinkageError fault) {
      // not its message, which may hold anything
      tell("threw " + fault.getClass().getName());
    }
    return 0;
  }

  private void tell(String what) {
    if (told.compareAndSet(false, true)) {
      LOG.warn("strategy {}: {}; the first usable key is taken instead. Told once.", name, what);
    }
  }

  private record View(Lane of, long now) implements KeyView {

    @Override
    public String name() {
      return of.key().name();
    }

    @Override
    public int priority() {
      return of.key().settings().priority();
    }

    @Override
    public double weight() {
      return of.key().settings().weight();
    }

    @Override
    public @Nullable String region() {
      return of.key().settings().region();
    }

    @Override
    public String lane() {
      return of.name();
    }

    @Override
    public int inFlight() {
      return of.key().inFlight();
    }

    @Override
    public long attempts() {
      return of.key().stats().calls();
    }

    @Override
    public int errors() {
      return of.key().health().errors();
    }

    @Override
    public double capacityScore() {
      return Scores.capacity(of, now);
    }

    @Override
    public double performanceScore() {
      return of.key().health().performance(now);
    }
  }
}
