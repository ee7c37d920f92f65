package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.StrategyKind;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of each strategy's page spreads its calls as the page says. */
class StrategyPagesTest {

  private static final Path PAGES = Path.of("../../docs/strategies");
  private static final Pattern BLOCK = Pattern.compile("```(yaml|text)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINE = Pattern.compile("(\\d+) calls(?: while (\\w+) rests)?: (.*)");
  private static final Pattern COUNT = Pattern.compile("(\\w+) (about )?(\\d+)");

  static Stream<String> strategies() {
    return Arrays.stream(StrategyKind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theExampleIsTrue(String strategy) throws IOException {
    List<MatchResult> blocks =
        BLOCK.matcher(Files.readString(PAGES.resolve(strategy + ".md"))).results().toList();
    assertThat(blocks).hasSize(2);
    ApiSettings settings =
        Objects.requireNonNull(
            Yaml.settings(blocks.get(0).group(2).replaceAll("\\$\\{(\\w+)}", "secret-$1"))
                .apis()
                .get("a"));
    assertThat(settings.strategy().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .isEqualTo(strategy);
    FakeClock clock = new FakeClock();
    KeyPool pool =
        new KeyPool(settings, PoolParts.of(new EngineMeters(), clock, new Random(1)::nextDouble));
    List<MatchResult> lines = LINE.matcher(blocks.get(1).group(2)).results().toList();
    assertThat(lines).isNotEmpty();
    for (MatchResult line : lines) {
      check(pool, clock, line);
    }
  }

  private static void check(KeyPool pool, FakeClock clock, MatchResult line) {
    int calls = Integer.parseInt(line.group(1));
    String resting = line.group(2);
    for (Key key : pool.keys()) {
      if (key.name().equals(resting)) {
        key.lane("").rest(clock.nanoTime() + Duration.ofSeconds(1).toNanos(), "the example");
      }
    }
    clock.advance(Duration.ofMillis(100));
    long now = clock.nanoTime();
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      Lane lane = Objects.requireNonNull(pool.tryAcquire(Need.ONE, now));
      counts.merge(lane.key().name(), 1, Integer::sum);
      lane.settle(Need.ONE, Spent.UNTOLD, now, now);
      lane.succeeded(Duration.ofMillis(100).toNanos(), now);
    }
    clock.advance(Duration.ofSeconds(3));

    Matcher told = COUNT.matcher(line.group(3));
    int keys = 0;
    while (told.find()) {
      keys++;
      double tolerance = told.group(2) == null ? 0 : calls * 0.05;
      assertThat((double) counts.getOrDefault(told.group(1), 0))
          .as("%s of %s, which gives %s", told.group(1), line.group(), counts)
          .isCloseTo(Double.parseDouble(told.group(3)), within(tolerance));
    }
    assertThat(counts).as(line.group()).hasSize(keys);
  }

  @Test
  void eachStrategyHasAPageAndIsInTheOverview() throws IOException {
    String overview = Files.readString(PAGES.resolve("README.md"));
    assertThat(strategies()).allMatch(it -> overview.contains("](" + it + ".md)"));
  }
}
