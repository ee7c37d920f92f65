package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeTest {
  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "a-secret").set("B", "b-secret");
  }

  @Test
  void theIncludingFileWinsSettingBySetting() {
    config.write(
        "platform.yaml",
        """
        mode: inject
        defaults: {deadline: 5s, retry: {max: 7, backoff: 3s}}
        apis:
          openai:
            cooldown: 9s
            keys: ["${A}"]
          anthropic: {keys: ["${A}"]}
        limits: {search: 5/1s, other: 6/1s}
        """);
    Settings settings =
        config.load(
            """
            include: platform.yaml
            mode: on
            defaults: {retry: {max: 1}}
            apis:
              openai: {strategy: priority}
            limits: {search: 50/1s}
            """);
    ApiSettings openai = ConfigFixture.api(settings, "openai");
    assertThat(settings.mode()).isEqualTo(Mode.ON);
    assertThat(settings.apis()).containsOnlyKeys("openai", "anthropic");
    assertThat(openai.strategy().kind()).isEqualTo(StrategyKind.PRIORITY);
    assertThat(openai.cooldown()).isEqualTo(Duration.ofSeconds(9));
    assertThat(openai.deadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(openai.retry().max()).isEqualTo(1);
    assertThat(openai.retry().backoff()).isEqualTo(Duration.ofSeconds(3));
    assertThat(openai.keys()).hasSize(1);
    assertThat(settings.limits().values())
        .extracting(LimitSettings::rate)
        .extracting(Rate::permits)
        .containsExactly(50L, 6L);
  }

  @Test
  void keysMergeByName() {
    config.write(
        "platform.yaml",
        """
        apis:
          openai:
            keys:
              - {name: primary, secret: "${A}", priority: 5, region: eu}
              - ${A}
              - {name: third, secret: "${A}"}
        """);
    ApiSettings api =
        config.api(
            """
            include: [platform.yaml]
            apis:
              openai:
                keys:
                  - {name: own, secret: "${B}"}
                  - ${B}
                  - {name: primary, priority: 1}
            """);
    assertThat(api.keys())
        .extracting(KeySettings::name)
        .containsExactly("own", "key-2", "primary", "third");
    assertThat(api.keys())
        .extracting(key -> key.secret().reveal())
        .containsExactly("b-secret", "b-secret", "a-secret", "a-secret");
    assertThat(api.keys().get(2).priority()).isEqualTo(1);
    assertThat(api.keys().get(2).region()).isEqualTo("eu");
  }

  @Test
  void theBindingsOfBothHoldAndTheIncludingFilesComeFirst() {
    config.write("more.yaml", "bind: [{method: 'a.B#included', limit: 1/1s}]");
    assertThat(config.load("include: more.yaml\nbind: [{method: 'a.B#own', limit: 1/1s}]").binds())
        .extracting(BindSettings::where)
        .containsExactly("rotor.yaml:2", "more.yaml:1");
  }

  @Test
  void aLaterIncludeWinsOverAnEarlierOne() {
    config.write("first.yaml", "limits: {a: 1/1s, b: 1/1s}");
    config.write("second.yaml", "limits: {b: 2/1s}");
    assertThat(config.load("include: [first.yaml, second.yaml]").limits().get("b"))
        .extracting(limit -> limit.rate().permits())
        .isEqualTo(2L);
  }

  @Test
  void pathsAreRelativeToTheFileThatSaysThem() throws Exception {
    Files.createDirectories(directory.resolve("sub/deeper"));
    config.write("sub/one.yaml", "include: deeper/two.yaml");
    config.write("sub/deeper/two.yaml", "apis: {openai: {keys: ['${file:key}']}}");
    config.write("sub/deeper/key", "from-file\n");
    assertThat(config.api("include: sub/one.yaml").keys().get(0).secret().reveal())
        .isEqualTo("from-file");
  }

  @Test
  void aMistakeInAnIncludeNamesThatFile() {
    config.write("more.yaml", "\nlimits:\n  search: fast");
    assertThat(config.mistakes("include: [more.yaml]"))
        .containsExactly(
            "`limits.search` (more.yaml:3): `fast` is not a rate; write how many in which time,"
                + " such as `100/1m`");
  }

  @Test
  void anIncludeMayComeFromTheEnvironment() {
    config.set("EXTRA", "more.yaml").write("more.yaml", "mode: off");
    assertThat(config.load("include: ['${EXTRA}']").mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void aFileIncludedTwiceIsReadOnce() {
    config.write("base.yaml", "bind: [{method: 'a.B#c', limit: 1/1s}]");
    config.write("one.yaml", "include: base.yaml");
    config.write("two.yaml", "include: base.yaml");
    assertThat(config.load("include: [one.yaml, two.yaml]").binds()).hasSize(1);
  }

  @Test
  void aCircleIsAMistake() {
    config.write("one.yaml", "include: two.yaml");
    config.write("two.yaml", "# two\ninclude: [rotor.yaml]");
    assertThat(config.mistakes("include: one.yaml"))
        .containsExactly(
            "`include[0]` (two.yaml:2): `rotor.yaml` includes this file again, in a circle");
    assertThat(config.mistakes("include: rotor.yaml"))
        .containsExactly(
            "`include` (rotor.yaml:1): `rotor.yaml` includes this file again, in a circle");
  }

  @Test
  void anIncludeThatCannotBeReadIsAMistake() {
    config.write("bad.yaml", "a: [");
    assertThat(config.mistakes("mode: on\ninclude: [gone.yaml, ., bad.yaml]"))
        .containsExactly(
            "bad.yaml: no YAML at line 1, column 5: while parsing a flow node, expected the"
                + " node content, but found '<stream end>'",
            "`include[1]` (rotor.yaml:2): `.`: is a directory, not a file",
            "`include[0]` (rotor.yaml:2): `gone.yaml`: no such file");
  }
}
