package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the documentation shows must be true. */
class DocumentationTest {
  private static final Path REFERENCE = Path.of("../../docs/configuration.md");
  private static final Path PROFILES = Path.of("../../docs/profiles.md");

  @TempDir Path directory;

  @Test
  void everyExampleOfTheReferenceIsWithoutMistakes() throws IOException {
    ConfigFixture config =
        new ConfigFixture(directory)
            .set("OPENAI_KEY_1", "one")
            .set("OPENAI_KEY_2", "two")
            .set("WEATHER_KEY", "three")
            .set("PROVIDER_OPENAI_API_KEY", "four");
    List<String> examples = examples(REFERENCE);
    assertThat(examples).hasSizeGreaterThan(6);
    for (String example : examples) {
      assertThat(config.load(example).apis().size() + config.load(example).limits().size())
          .as(example)
          .isPositive();
    }
  }

  @Test
  void everyExampleOfTheProfilesIsWithoutMistakes() throws IOException {
    List<String> examples = examples(PROFILES);
    assertThat(examples).hasSizeGreaterThan(6);
    for (String example : examples) {
      assertThat(new ConfigFixture(directory).load(example).apis()).as(example).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategies/README.md",
        "strategies/own.md",
        "waiting.md",
        "limits.md",
        "quotas.md"
      })
  void everyExampleOfTheOtherPagesIsWithoutMistakes(String page) throws IOException {
    ConfigFixture config = new ConfigFixture(directory);
    for (int i = 1; i < 9; i++) {
      config.set("OPENAI_KEY_" + i, "secret-" + i).set("KEY_" + i, "secret-" + i);
    }
    Path extensions = Files.createDirectory(directory.resolve("extensions"));
    List<String> examples = examples(Path.of("../../docs").resolve(page));
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      String local = example.replace("/etc/rotor/extensions", extensions.toString());
      Settings settings = config.load(local);
      assertThat(settings.apis().size() + settings.limits().size() + states(settings))
          .as(example)
          .isPositive();
    }
  }

  private static int states(Settings settings) {
    return settings.state().equals(StateSettings.MEMORY) ? 0 : 1;
  }

  @Test
  void everyProfileIsInTheReference() throws IOException {
    String reference = Files.readString(PROFILES);
    assertThat(Profiles.NAMES).allMatch(name -> reference.contains("| `" + name + "` |"));
    assertThat(Files.readString(REFERENCE)).contains(Profiles.NAMES);
  }

  @Test
  void theRowOfAProfileTellsItsHostsAndItsHeader() throws IOException {
    String reference = Files.readString(PROFILES);
    for (String name : Profiles.NAMES) {
      String row = reference.substring(reference.indexOf("| `" + name + "` |"));
      row = row.substring(0, row.indexOf('\n'));
      ProfileSettings profile =
          new ConfigFixture(directory)
              .api("apis: {a: {hosts: a.example, keys: k, profile: " + name + "}}")
              .profile();
      for (HostPattern host : profile.hosts()) {
        assertThat(row).contains("`" + host.host() + "`");
      }
      String header = profile.key().header();
      assertThat(row).contains(header == null ? "?" + profile.key().query() + "=" : header + ": ");
      assertThat(row).contains(profile.key().prefix() + (header == null ? "" : "KEY"));
    }
  }

  private static List<String> examples(Path page) throws IOException {
    List<String> examples = new ArrayList<>();
    String[] parts = Files.readString(page).split("```", -1);
    for (int i = 1; i < parts.length; i += 2) {
      String block = parts[i];
      if (!block.startsWith("yaml\n") || block.startsWith("yaml\n# yaml-language-server")) {
        continue;
      }
      String yaml = block.substring("yaml\n".length());
      if (yaml.startsWith("profile:")) {
        for (String profile : yaml.split("\n\n", -1)) {
          examples.add("apis:\n  x:\n    hosts: a.example\n    keys: k\n" + profile.indent(4));
        }
      } else if (yaml.startsWith("quota:")) {
        examples.add("apis:\n  openai:\n    keys:\n      - secret: k\n" + yaml.indent(8));
      } else if (yaml.startsWith("keys:")) {
        examples.add("apis:\n  openai:\n" + yaml.indent(4));
      } else if (yaml.startsWith("include:")) {
        String rest = yaml.substring(yaml.indexOf('\n') + 1);
        if (!rest.isBlank()) {
          examples.add(rest);
        }
      } else {
        examples.add(yaml);
      }
    }
    return examples;
  }
}
