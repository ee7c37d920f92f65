package dev.rotor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  private static final String USED =
      "{\"page\":\"openai/primary\",\"line\":\"daily/requests\",\"start\":\"2026-11-25T00:00:00Z\","
          + "\"end\":\"2026-11-26T00:00:00Z\",\"amount\":12}\n";

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = directory.resolve("rotor.yaml");
    Files.writeString(config, "apis: {openai: {keys: k}}\nstate: file:state\n");
  }

  private int run(String in, String... arguments) {
    return CommandLine.run(
        arguments,
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void whatWasUsedIsCarriedFromOneStateToAnother() {
    assertThat(run(USED, "state", "import", config.toString())).as("%s", err).isZero();
    assertThat(run("", "state", "export", config.toString())).as("%s", err).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(USED);
  }

  @Test
  void textOfAnotherFormChangesNothing() {
    assertThat(run("{\"page\":1}\n", "state", "import", config.toString())).isEqualTo(1);
    assertThat(run("", "state", "export", config.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void stateThatAProcessHasOpenIsLeftAlone() {
    try (Ledger held = Ledger.inDirectory(directory.resolve("state"), Clock.SYSTEM)) {
      assertThat(held.isWritten()).isTrue();
      assertThat(run("", "state", "export", config.toString())).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("is it in use?");
    }
  }

  @Test
  void aConfigurationWithoutStateSaysSo() throws IOException {
    Files.writeString(config, "apis: {openai: {keys: k}}\n");
    assertThat(run("", "state", "export", config.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("keeps no state in a file");
  }

  @Test
  void aClassThatIsNotThereIsFoundByTheCheck() throws IOException {
    Files.writeString(config, "apis: {openai: {keys: k, strategy: {class: com.acme.Gone}}}\n");
    assertThat(run("", "check", config.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("apis.openai.strategy: there is no class com.acme.Gone");
  }

  @Test
  void otherWordsGetTheUsage() {
    assertThat(run("", "state", "drop", config.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("state export FILE");
  }
}
