package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "a-secret");
  }

  @Test
  void aMissingFileIsOneLine() {
    Path gone = directory.resolve("gone.yaml");
    assertThat(config.mistakes(gone)).containsExactly("gone.yaml: no such file (" + gone + ")");
  }

  @Test
  void aDirectoryIsOneLine() {
    assertThat(config.mistakes(directory))
        .containsExactly(
            directory.getFileName() + ": is a directory, not a file (" + directory + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n"})
  void anEmptyFileIsOneLine(String yaml) {
    assertThat(config.mistakes(yaml)).containsExactly("rotor.yaml: the file is empty");
  }

  @Test
  void aFileThatIsNoMappingIsOneLine() {
    assertThat(config.mistakes("- a\n- b"))
        .containsExactly("rotor.yaml:1: settings by name (`apis:` …) must stand here, not a list");
    assertThat(config.mistakes("just text"))
        .containsExactly(
            "rotor.yaml:1: settings by name (`apis:` …) must stand here, not a single value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: [1'        | rotor.yaml: no YAML at line 1
          '{'            | rotor.yaml: no YAML at line 1
          'mode: *a'     | rotor.yaml: no YAML at line 1
          'a: b: c'      | rotor.yaml: no YAML at line 1
          'a: @b'        | rotor.yaml: no YAML at line 1
          """)
  void brokenYamlIsOneLineWithItsPlace(String yaml, String start) {
    assertThat(config.mistakes(yaml)).hasSize(1).first().asString().startsWith(start);
  }

  @Test
  void moreThanOneDocumentOrAForbiddenCharacterIsAMistake() {
    assertThat(config.mistakes("mode: on\n---\nmode: off")).hasSize(1);
    assertThat(config.mistakes("mode: \u0001"))
        .containsExactly("rotor.yaml: no YAML: it holds a character that YAML does not allow");
  }

  @Test
  void aNameThatIsThereTwiceIsAMistake() {
    assertThat(
            config.mistakes(
                """
                apis:
                  openai: {keys: ["${A}"]}
                  openai: {keys: ["${A}"]}
                """))
        .containsExactly("`apis.openai` (rotor.yaml:3): is there already, in line 2");
  }

  @Test
  void aliasesAndMergeKeysWork() {
    Settings settings =
        config.load(
            """
            apis:
              openai: &common
                keys: &keys ["${A}"]
                cooldown: 5s
                deadline: 9s
              anthropic:
                <<: *common
                cooldown: 6s
              other:
                <<: [{cooldown: 1s}, *common]
                profile: generic-bearer
                hosts: [a.example]
                keys: *keys
            """);
    assertThat(settings.apis().values())
        .extracting(api -> api.cooldown().toSeconds())
        .containsExactly(5L, 6L, 1L);
    assertThat(settings.apis().values())
        .extracting(ApiSettings::deadline)
        .allMatch(deadline -> deadline != null && deadline.toSeconds() == 9);
  }

  @Test
  void aMergeKeyThatNamesNoMappingIsAMistake() {
    assertThat(config.mistakes("flags:\n  <<: on"))
        .containsExactly("`flags.<<` (rotor.yaml:2): must name a mapping, or a list of mappings");
  }

  @Test
  void anAliasToItselfIsAMistakeAndNoEndlessLoop() {
    assertThat(config.mistakes("flags: &a\n  limits: *a"))
        .contains("`flags.limits` (rotor.yaml:1): contains itself by an alias");
  }

  @Test
  void tagsAreAMistake() {
    assertThat(config.mistakes("mode: !vault on"))
        .containsExactly("`mode` (rotor.yaml:1): `!vault`: tags have no meaning here");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(config.load("\uFEFFmode: off").mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void manyAliasesAreNoTrouble() {
    StringBuilder yaml = new StringBuilder("limits:\n  l0: &l {rate: 1/1s}\n");
    for (int i = 1; i < 200; i++) {
      yaml.append("  l").append(i).append(": *l\n");
    }
    assertThat(config.load(yaml.toString()).limits()).hasSize(200);
  }

  @Test
  void aFileThatIsTooLargeIsOneLine() {
    assertThat(config.mistakes("# " + "x".repeat(1_000_000)))
        .containsExactly(
            "rotor.yaml: the file is too large to be a configuration: 1000002 characters");
  }

  @Test
  void valuesAreKeptByTheirText() {
    assertThat(config.api("apis: {openai: {keys: [007, 1e3, on, 'null']}}").keys())
        .extracting(key -> key.secret().reveal())
        .containsExactly("007", "1e3", "on", "null");
  }
}
