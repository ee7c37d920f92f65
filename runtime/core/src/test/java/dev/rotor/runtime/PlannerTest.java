package dev.rotor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.SiteDeclaration.Marks;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.testing.TestEngine;
import dev.rotor.runtime.testing.Yaml;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final String MORE =
      """
        b:
          profile: generic-bearer
          hosts: [b.example.com]
          keys: [two]
      limits:
        search: 5/1s
        user: {rate: 5/1s, by: "args[0]"}
      caches:
        answers: {ttl: 5m}
      """;

  private static SiteDeclaration site(String method, Marks marks) {
    return new SiteDeclaration(
        "com.legacy.Client#" + method + "(String)",
        List.of("com.legacy.Client"),
        method,
        List.of("java.lang.String"),
        List.of(),
        marks,
        false,
        null,
        (self, arguments) -> "key");
  }

  private static Marks api(@Nullable String name) {
    return new Marks(name, false, null, null, null, null);
  }

  private static Plan plan(TestEngine engine, SiteDeclaration site) {
    return Objects.requireNonNull(engine.rotor().plan(site));
  }

  @Test
  void anAnnotationAloneMakesAPlan() {
    TestEngine engine = new TestEngine(Yaml.api(1) + MORE);
    Plan plan = plan(engine, site("fetch", new Marks("a", true, "search", null, "answers", null)));
    assertThat(plan.api()).isSameAs(engine.api("a"));
    assertThat(plan.rotates()).isTrue();
    assertThat(plan.idempotent()).isTrue();
    assertThat(plan.takesKey()).isFalse();
    assertThat(Objects.requireNonNull(plan.limit()).name()).isEqualTo("search");
    assertThat(Objects.requireNonNull(plan.cache()).name()).isEqualTo("answers");
    assertThat(plan.needsArguments()).isTrue();
  }

  @Test
  void theFileWinsOverAnnotations() {
    TestEngine engine =
        new TestEngine(
            Yaml.api(1)
                + MORE
                + """
                bind:
                  - method: com.legacy.Client#fetch(String)
                    rotate: b
                    limit: search
                    cache: {ttl: 1m}
                    retry: {idempotent: false}
                """);
    LimitSettings own = LimitSettings.of("", 1, "1s", 0, "0s");
    Marks marks = new Marks("a", true, null, own, null, CacheSettings.of("", "9m", 1));

    Plan plan = plan(engine, site("fetch", marks));

    assertThat(plan.api()).isSameAs(engine.api("b"));
    assertThat(Objects.requireNonNull(plan.limit()).name()).isEqualTo("search");
    assertThat(Objects.requireNonNull(plan.cache()).ttl()).hasMinutes(1);
    assertThat(plan.idempotent()).isFalse();
  }

  @Test
  void idempotentOfTheApiHoldsForItsSites() {
    TestEngine engine = new TestEngine(Yaml.api(1, "retry: {idempotent: true}"));
    assertThat(plan(engine, site("fetch", api("a"))).idempotent()).isTrue();
  }

  @Test
  void aMethodThatNothingIsSaidOfHasNoPlan() {
    assertThat(new TestEngine(Yaml.api(1)).rotor().plan(site("fetch", Marks.NONE))).isNull();
  }

  @Test
  void modesAndFlagsDecideWhatActs() {
    Marks marks = new Marks("a", false, "search", null, "answers", null);
    SiteDeclaration site = site("fetch", marks);
    assertThat(new TestEngine("mode: off\n" + Yaml.api(1) + MORE).rotor().plan(site)).isNull();
    assertThat(new TestEngine(Yaml.api(1, "mode: off") + MORE).rotor().plan(site)).isNull();

    Plan inject = plan(new TestEngine("mode: inject\n" + Yaml.api(1) + MORE), site);
    assertThat(inject.rotates()).isFalse();
    assertThat(inject.limit()).isNull();
    assertThat(inject.cache()).isNull();

    String flags = "flags: {rotation: false, limits: false, caching: false}\n";
    Plan flagged = plan(new TestEngine(flags + Yaml.api(1) + MORE), site);
    assertThat(flagged.rotates()).isFalse();
    assertThat(flagged.limit()).isNull();
    assertThat(flagged.cache()).isNull();
  }

  @Test
  void anUnknownNameIsToldWithTheMethodAndWhatIsKnown() {
    TestEngine engine = new TestEngine(Yaml.api(1) + MORE);
    assertThatThrownBy(() -> engine.rotor().plan(site("fetch", api("opnai"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.legacy.Client#fetch(String): @RotatedApi(\"opnai\")")
        .hasMessageContaining("known are [a, b]");
    Marks limit = new Marks(null, false, "serch", null, null, null);
    assertThatThrownBy(() -> engine.rotor().plan(site("fetch", limit)))
        .hasMessageContaining("@RateLimited(\"serch\") names nothing under `limits`")
        .hasMessageContaining("known are [search, user]");
    Marks cache = new Marks(null, false, null, null, "anwers", null);
    assertThatThrownBy(() -> engine.rotor().plan(site("fetch", cache)))
        .hasMessageContaining("@Cached(\"anwers\") names nothing under `caches`");
  }

  @Test
  void aNamedLimitIsSharedAndOneInPlaceIsNot() {
    TestEngine engine = new TestEngine(Yaml.api(1) + MORE);
    Marks named = new Marks(null, false, "search", null, null, null);
    assertThat(plan(engine, site("one", named)).limit())
        .isNotNull()
        .isSameAs(plan(engine, site("two", named)).limit());
    Marks inPlace =
        new Marks(null, false, null, LimitSettings.of("", 1, "1s", 0, "0s"), null, null);
    assertThat(plan(engine, site("one", inPlace)).limit())
        .isNotNull()
        .isNotSameAs(plan(engine, site("two", inPlace)).limit())
        .isSameAs(plan(engine, site("one", inPlace)).limit());
  }

  @Test
  void aLimitByAnArgumentIsPerValue() {
    TestEngine engine = new TestEngine(Yaml.api(1) + MORE);
    Plan plan = plan(engine, site("one", new Marks(null, false, "user", null, null, null)));
    assertThat(Objects.requireNonNull(plan.limit()).isPerValue()).isTrue();
    assertThat(Objects.requireNonNull(plan.limitBy()).select(null, new Object[] {"ann"}))
        .isEqualTo("ann");
  }
}
