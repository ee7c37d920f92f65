package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentKeysTest {

  private static final String FROM_ENVIRONMENT = "apis: {openai: {keys: {environment: openai}}}";
  private static final String FROM_FILE =
      "apis: {openai: {keys: {environment: openai, file: .env}}}";

  @TempDir Path directory;

  private ConfigFixture config;

  @BeforeEach
  void makeConfig() {
    config = new ConfigFixture(directory);
  }

  @Test
  void theKeyAndItsBackupsComeFromTheirVariables() {
    config.set("PROVIDER_OPENAI_API_KEY", "one").set("PROVIDER_OPENAI_BACKUP_KEYS", "two, three,");
    assertThat(config.api(FROM_ENVIRONMENT).keys())
        .extracting(KeySettings::name, KeySettings::secret)
        .containsExactly(
            tuple("primary", Secret.of("one")),
            tuple("backup-1", Secret.of("two")),
            tuple("backup-2", Secret.of("three")));
  }

  @Test
  void backupsAloneWillDo() {
    config.set("PROVIDER_OPENAI_BACKUP_KEYS", "two");
    assertThat(config.api(FROM_ENVIRONMENT).keys())
        .extracting(KeySettings::name)
        .containsExactly("backup-1");
  }

  @Test
  void aFileHasWhatTheEnvironmentDoesNot() throws IOException {
    Files.writeString(
        directory.resolve(".env"),
        """
        # keys
        export PROVIDER_OPENAI_API_KEY="of the file"
        PROVIDER_OPENAI_BACKUP_KEYS=two,three
        """);
    assertThat(config.api(FROM_FILE).keys()).hasSize(3);
    assertThat(config.api(FROM_FILE).keys().get(0).secret()).isEqualTo(Secret.of("of the file"));

    config.set("PROVIDER_OPENAI_API_KEY", "of the environment");
    assertThat(config.api(FROM_FILE).keys().get(0).secret())
        .isEqualTo(Secret.of("of the environment"));
  }

  @Test
  void aCommentBehindAValueIsNotPartOfIt() throws IOException {
    Files.writeString(
        directory.resolve(".env"),
        """
        PROVIDER_OPENAI_API_KEY="one" # production
        PROVIDER_OPENAI_BACKUP_KEYS=two # spare
        """);
    assertThat(config.api(FROM_FILE).keys())
        .extracting(KeySettings::secret)
        .containsExactly(Secret.of("one"), Secret.of("two"));
  }

  @Test
  void mistakesAreTold() {
    assertThat(config.mistakes(FROM_ENVIRONMENT))
        .containsExactly(
            "`apis.openai.keys.environment` (rotor.yaml:1): needs the variable"
                + " `PROVIDER_OPENAI_API_KEY`, which is not set");
    assertThat(config.mistakes(FROM_FILE))
        .contains("`apis.openai.keys.file` (rotor.yaml:1): cannot be read: `.env`");
    assertThat(config.mistakes("apis: {openai: {keys: {secret: x}}}"))
        .anyMatch(it -> it.contains("must be a list, or say `environment`"))
        .noneMatch(it -> it.contains("`x`"));
  }
}
