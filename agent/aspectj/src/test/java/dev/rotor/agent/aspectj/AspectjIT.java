package dev.rotor.agent.aspectj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An annotated program in a JVM of its own, woven by AspectJ while it is loaded. */
class AspectjIT {

  private static final String CONFIGURATION =
      """
      apis:
        chat:
          profile: generic-bearer
          hosts: [chat.example.com]
          keys:
            - {name: first, secret: sk-first-0000001}
            - {name: second, secret: sk-second-000002}
        background:
          profile: generic-bearer
          hosts: [background.example.com]
          keys:
            - {name: first, secret: sk-first-0000001}
            - {name: second, secret: sk-second-000002}
      """;

  @TempDir private Path directory;

  @Test
  void annotatedMethodsGoThroughTheEngine() throws Exception {
    Files.writeString(directory.resolve("rotor.yaml"), CONFIGURATION);

    assertThat(run("-Drotor.config=" + directory.resolve("rotor.yaml")))
        .contains(
            "blocking: answer to one for sk-second-000002, requests 2",
            "later: answer to two for sk-second-000002, requests 2",
            "untouched: status 429, requests 1",
            "cached: 44",
            "loads: 1",
            "limited: five for ann, six for ann",
            "limited: eight for bob")
        .anyMatch(line -> line.startsWith("refused: com.example.ltw.Search#find(String, String)"));
  }

  @Test
  void withoutAConfigurationTheFirstCallSaysWhatToDo() throws Exception {
    assertThat(run()).anyMatch(line -> line.contains("there is no configuration: name a file"));
  }

  @Test
  void failOpenLetsCallsPassUntouchedWithoutAConfiguration() throws Exception {
    assertThat(run("-Drotor.fail-open=true"))
        .contains("[rotor] fail-open: the application runs without Rotor")
        .contains("blocking: answer to one for none, requests 1", "loads: 2");
  }

  private List<String> run(String... options) throws Exception {
    String classPath = System.getProperty("java.class.path");
    String weaver =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(entry -> new File(entry).getName().startsWith("aspectjweaver"))
            .findFirst()
            .orElseThrow();
    List<String> command =
        Stream.of(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-javaagent:" + weaver,
                    "-cp",
                    classPath),
                Stream.of(options),
                Stream.of("com.example.ltw.Program"))
            .flatMap(it -> it)
            .toList();
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }
}
