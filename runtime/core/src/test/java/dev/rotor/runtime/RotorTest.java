package dev.rotor.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.testing.Driver;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.Script;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.TestSite;
import dev.rotor.runtime.testing.Yaml;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotorTest {

  private static final String LIMITS = "limits: {search: 5/1h, other: 5/1h}\n";

  private static final SiteDeclaration SITE =
      new SiteDeclaration(
          "C#m()",
          List.of("C"),
          "m",
          List.of(),
          List.of(),
          new Marks("a", false, "search", null, null, null),
          false,
          null,
          (self, arguments) -> "key");

  private static @Nullable Limit limit(TestEngine engine) {
    return Objects.requireNonNull(engine.rotor().plan(SITE)).limit();
  }

  @Test
  void aReloadSwapsPlansAndKeepsApisKeysAndCounters() {
    TestEngine engine = new TestEngine(LIMITS + Yaml.api(2));
    Api api = engine.api("a");
    Limit limit = limit(engine);
    TestSite site = engine.keyed();
    Driver.BLOCKING.call(engine, site, Script.of(Script.rateLimited(), Script.ok()));

    engine.rotor().apply(Yaml.settings(LIMITS + Yaml.api(3, "rotate: {max: 1}")));

    assertThat(engine.api("a")).isSameAs(api);
    assertThat(api.settings().rotateMax()).isEqualTo(1);
    assertThat(engine.key("k2").stats().calls()).isEqualTo(1);
    assertThat(limit(engine)).isSameAs(limit);
    Script script = Script.of(Script.ok());
    Driver.BLOCKING.call(engine, site, script);
    Driver.BLOCKING.call(engine, site, script);
    assertThat(script.keys()).as("k1 cools down still").doesNotContain("k1");
  }

  @Test
  void aCallUnderWayGoesOnUnderTheOldSettings() {
    TestEngine engine = new TestEngine(Yaml.api(3));
    Script script =
        Script.of(
            call -> {
              engine.rotor().apply(Yaml.settings(Yaml.api(3, "rotate: {max: 0}")));
              Script.rateLimited().accept(call);
            },
            Script.ok());
    assertThat(Driver.BLOCKING.call(engine, engine.keyed(), script).value()).isEqualTo("value");
  }

  @Test
  void limitsThatNobodyAsksForAnyMoreAreForgotten() {
    FakeClock clock = new FakeClock();
    Limits limits = new Limits(clock);
    var settings = Yaml.settings(LIMITS + Yaml.api(1)).limits();
    var search = Objects.requireNonNull(settings.get("search"));
    var other = Objects.requireNonNull(settings.get("other"));
    Limit kept = limits.named(search, false);
    Limit dropped = limits.named(other, false);
    limits.sweep();
    assertThat(limits.named(search, false)).isSameAs(kept);
    limits.sweep();

    assertThat(limits.size()).isEqualTo(1);
    assertThat(limits.named(search, false)).isSameAs(kept);
    assertThat(limits.named(other, false)).isNotSameAs(dropped);
  }

  @Test
  void aLimitGivenInPlaceBelongsToItsSiteAlone() {
    Limits limits = new Limits(new FakeClock());
    LimitSettings inPlace = LimitSettings.of("", 5, "1s", 0, "0s");
    SiteDeclaration one = declaration();
    SiteDeclaration sameNameOfAnotherLoader = declaration();
    Limit limit = limits.own(inPlace, false, one);

    assertThat(limits.own(inPlace, false, one)).isSameAs(limit);
    assertThat(limits.own(inPlace, false, sameNameOfAnotherLoader)).isNotSameAs(limit);
    assertThat(limit.name()).isEqualTo("C#m()");
  }

  private static SiteDeclaration declaration() {
    Object itself = new Object();
    return new SiteDeclaration(
        "C#m()",
        List.of("C"),
        "m",
        List.of(),
        List.of(),
        SiteDeclaration.Marks.NONE,
        false,
        null,
        (self, arguments) -> itself);
  }

  @Test
  void anApiThatIsDroppedIsGone() {
    TestEngine engine = new TestEngine(Yaml.api(1));
    engine.rotor().apply(Yaml.settings(Yaml.api(1).replace("  a:", "  other:")));
    assertThat(engine.rotor().apis()).extracting(Api::name).containsExactly("other");
  }

  @Test
  void metersTellCallsAndEventsByName() {
    TestEngine engine = new TestEngine(Yaml.api(2));
    Driver.BLOCKING.call(engine, engine.keyed(), Script.of(Script.rateLimited(), Script.ok()));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    engine.rotor().meters().bindTo(registry);

    assertThat(registry.get("rotor.api.calls").tags("name", "a").functionCounter().count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("rotor.events")
                .tags("kind", "key", "name", "a/k1", "event", "rate_limited")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("rotor.calls")
                .tags("kind", "key", "name", "a/k2")
                .functionTimer()
                .totalTime(TimeUnit.NANOSECONDS))
        .isZero();
  }

  @Test
  void aHostIsLimitedOnlyByABindingThatSaysSo() {
    TestEngine engine =
        new TestEngine(
            LIMITS
                + Yaml.api(1)
                + """
                bind:
                  - {host: api.example.com, when: {path: "/search/**"}, limit: search}
                """);
    Plan unlimited = Plan.rotating(engine.api("a"), true);
    assertThat(unlimited.limit()).isNull();
    assertThat(limit(engine)).isNotNull();
    assertThat(engine.rotor().exchanges().routes().mayBind("api.example.com")).isTrue();
  }
}
