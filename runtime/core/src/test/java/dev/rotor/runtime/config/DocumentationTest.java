package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the reference shows must be true. */
class DocumentationTest {
  private static final Path REFERENCE = Path.of("../../docs/configuration.md");

  @TempDir Path directory;

  @Test
  void everyExampleOfTheReferenceIsWithoutMistakes() throws IOException {
    ConfigFixture config =
        new ConfigFixture(directory)
            .set("OPENAI_KEY_1", "one")
            .set("OPENAI_KEY_2", "two")
            .set("WEATHER_KEY", "three");
    List<String> examples = examples();
    assertThat(examples).hasSizeGreaterThan(6);
    for (String example : examples) {
      assertThat(config.load(example).apis().size() + config.load(example).limits().size())
          .as(example)
          .isPositive();
    }
  }

  @Test
  void everyProfileIsInTheReference() throws IOException {
    String reference = Files.readString(REFERENCE);
    assertThat(Profiles.NAMES).allMatch(name -> reference.contains("| `" + name + "` |"));
  }

  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    String[] parts = Files.readString(REFERENCE).split("```", -1);
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
