package dev.rotor.samples.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StubProgramTest {
  private static final String READY = "stub provider listens on ";

  @Test
  void it_prints_its_url_counts_for_others_and_ends_when_told_to() throws Exception {
    Process program = start("--port", "0", "--keys", "a=sk-test-0001:3/1h", "--faults", "503@1");
    try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      assertThat(line).startsWith(READY + "http://127.0.0.1:");
      String url = line.substring(READY.length());

      assertThat(outputOf(start("counts", url))).contains("\"a\": {\"requests\": 0,");
      assertThat(outputOf(start("reset", url))).isEmpty();
    } finally {
      program.destroy();
    }
    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_wrong_option_is_told_with_the_ones_there_are() throws Exception {
    Process program = start("--prot", "0");

    assertThat(outputOf(program)).contains("unknown option '--prot'", "--port N");
    assertThat(program.exitValue()).isEqualTo(2);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", Path.of("target", "classes").toString()));
    command.add(StubProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String outputOf(Process program) throws Exception {
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    program.waitFor();
    return output;
  }
}
