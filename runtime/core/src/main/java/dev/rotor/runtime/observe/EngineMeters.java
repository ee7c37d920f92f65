package dev.rotor.runtime.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * All {@link Stats} of the engine, by name, as Micrometer meters: {@code rotor.calls}, a timer for
 * each key and site; {@code rotor.api.calls}, a counter for each API, whose times are those of its
 * sites; {@code rotor.events}, counters by {@code event}; {@code rotor.tokens}, counters by {@code
 * type} (input, output, total). Tags are {@code kind} (api, key or site) and {@code name}.
 * Micrometer's classes are not loaded before {@link #bindTo} is called. Thread-safe.
 */
public final class EngineMeters implements MeterBinder {

  private static final String API = "api";

  private record Id(String kind, String name) {}

  private final Map<Id, Stats> all = new ConcurrentHashMap<>();

  /** The stats of this API, key or site; made at first. Kept across reloads by name. */
  public Stats stats(String kind, String name) {
    return all.computeIfAbsent(new Id(kind, name), id -> new Stats());
  }

  /** Registers a timer and the counters of everything known by now. */
  @Override
  public void bindTo(MeterRegistry registry) {
    all.forEach(
        (id, stats) -> {
          Tags tags = Tags.of("kind", id.kind(), "name", id.name());
          if (id.kind().equals(API)) {
            FunctionCounter.builder("rotor.api.calls", stats, Stats::calls)
                .tags("name", id.name())
                .register(registry);
          } else {
            FunctionTimer.builder(
                    "rotor.calls", stats, Stats::calls, Stats::totalNanos, TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry);
          }
          tokens(registry, stats, tags, "input", Stats::inputTokens);
          tokens(registry, stats, tags, "output", Stats::outputTokens);
          tokens(registry, stats, tags, "total", Stats::totalTokens);
          for (Stats.Event event : Stats.Event.values()) {
            FunctionCounter.builder("rotor.events", stats, s -> s.count(event))
                .tags(tags.and("event", event.name().toLowerCase(Locale.ROOT)))
                .register(registry);
          }
        });
  }

  private static void tokens(
      MeterRegistry registry, Stats stats, Tags tags, String type, ToDoubleFunction<Stats> count) {
    FunctionCounter.builder("rotor.tokens", stats, count)
        .tags(tags.and("type", type))
        .register(registry);
  }
}
