package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the page on limits shows must be true. */
class LimitsPageTest {

  private static final Path PAGE = Path.of("../../docs/limits.md");

  @TempDir Path directory;

  @Test
  void everyExampleIsWithoutMistakes() throws IOException {
    ConfigFixture config =
        new ConfigFixture(directory).set("OPENAI_KEY_1", "one").set("OPENAI_KEY_2", "two");
    List<String> examples = new ArrayList<>();
    String[] parts = Files.readString(PAGE).split("```", -1);
    for (int i = 1; i < parts.length; i += 2) {
      String yaml = parts[i].substring("yaml\n".length());
      // limits of tokens and of APIs cannot be read yet
      if (!yaml.contains("tokens:")) {
        examples.add(yaml);
      }
    }
    assertThat(examples).hasSizeGreaterThan(1);
    for (String example : examples) {
      Settings settings = config.load(example);
      assertThat(settings.apis().size() + settings.limits().size()).as(example).isPositive();
    }
  }
}
