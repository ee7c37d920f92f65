package dev.rotor.it.bad;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.HttpProgram;
import com.example.it.http.Words;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Application;
import dev.rotor.samples.stub.StubProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A state directory that cannot be used: the calls go on and wait for nothing, and one message says
 * so. What is not mounted here is tried with a store that fails, in {@code LedgerTest}.
 */
class BadStateIT {

  private static final String LOUD = "THE STATE FILE";
  private static final int CALLS = 30;

  private final TestKey alpha = TestKey.of("alpha");
  private StubProvider provider;
  private Path directory;

  @BeforeEach
  void start() throws IOException {
    provider = StubProvider.builder().key(alpha.name(), alpha.secret()).start();
    Path children = Files.createDirectories(Path.of("target", "children").toAbsolutePath());
    directory = Files.createTempDirectory(children, "state-");
  }

  @AfterEach
  void end() {
    provider.close();
  }

  /**
   * An application whose state is there.
   *
   * @param wait 0s: a call that would have to wait is refused
   */
  private Application application(Path state, String wait) {
    return Application.start(
        ChildJvm.running(HttpProgram.class)
            .keys(alpha)
            .config(
                """
                state: "file:%s"
                apis:
                  stub:
                    profile: generic-bearer
                    base-url: %s
                    wait: %s
                    keys:
                      - {name: alpha, secret: "${KEY_ALPHA}", quota: {daily: 10000}}
                """
                    .formatted(state, provider.url(), wait)));
  }

  private void callsGoOn(Application application) {
    Words request =
        new Words()
            .with("do", "send")
            .with("client", "jdk-send")
            .with("url", provider.url() + "/rates/EUR");
    for (int i = 0; i < CALLS; i++) {
      assertThat(application.ask(request).status()).as("call %d", i).isEqualTo(200);
    }
  }

  private void callsGoOnWithout(Path state, String why) {
    try (Application application = application(state, "0s")) {
      callsGoOn(application);
      assertThat(loud(application.end())).singleElement().asString().contains(why);
    }
    assertThat(provider.counts(alpha.name()).ok()).isEqualTo(CALLS);
  }

  private static List<String> loud(Outcome outcome) {
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).doesNotContain("a fault inside Rotor");
    return outcome.err().lines().filter(it -> it.contains(LOUD)).toList();
  }

  @Test
  void aPathBelowAFileCannotBeUsed() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("file"), "");
    callsGoOnWithout(inTheWay.resolve("state"), "CANNOT BE USED");
    assertThat(inTheWay).isEmptyFile();
  }

  @Test
  void aFileInPlaceOfTheDirectoryCannotBeUsed() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("file"), "mine");
    callsGoOnWithout(inTheWay, "CANNOT BE USED");
    assertThat(inTheWay).hasContent("mine");
  }

  @Test
  void aDirectoryWithoutThePermissionToWriteCannotBeUsed() throws Exception {
    Assumptions.assumeTrue(
        directory.toFile().setWritable(false) && !Files.isWritable(directory),
        "a permission can be taken from who runs this");
    callsGoOnWithout(directory, "CANNOT BE USED");
  }

  @Test
  void aDiskThatIsReadOnlyCannotBeUsed() throws Exception {
    try (TinyDisk disk = TinyDisk.mount("ro")) {
      callsGoOnWithout(disk.root().resolve("state"), "CANNOT BE USED");
    }
  }

  @Test
  void aDiskThatIsFullCannotBeUsed() throws Exception {
    try (TinyDisk disk = TinyDisk.mount()) {
      disk.fill();
      callsGoOnWithout(disk.root().resolve("state"), "CANNOT BE USED");
    }
  }

  @Test
  void aDiskThatFillsUpLaterStopsNoCall() throws Exception {
    try (TinyDisk disk = TinyDisk.mount();
        Application application = application(disk.root().resolve("state"), "2s")) {
      callsGoOn(application);
      disk.fill();
      // more than what is leased
      for (int i = 0; i < 10; i++) {
        callsGoOn(application);
      }
      // the file's own free space may do for all of it
      assertThat(loud(application.end())).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void aDirectoryThatAnotherProcessHasIsLeftToIt() {
    try (Application first = application(directory, "2s")) {
      callsGoOn(first);
      try (Application second = application(directory, "0s")) {
        callsGoOn(second);
        assertThat(loud(second.end()))
            .singleElement()
            .asString()
            .contains("another process has it open");
      }
      callsGoOn(first);
      assertThat(loud(first.end())).isEmpty();
    }
    try (Application third = application(directory, "2s")) {
      callsGoOn(third);
      assertThat(loud(third.end())).as("the file is whole").isEmpty();
    }
  }

  @Test
  void aFileOfNoiseIsSetAside() throws Exception {
    byte[] noise = new byte[50_000];
    new Random(3).nextBytes(noise);
    isSetAside(noise);
  }

  @Test
  void somebodyElsesFileIsSetAside() throws Exception {
    isSetAside("name,used\nopenai,12\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatWasCutShortIsToldOfAndGoneOnWith() throws Exception {
    try (Application application = application(directory, "2s")) {
      callsGoOn(application);
      assertThat(loud(application.end())).isEmpty();
    }
    byte[] whole = Files.readAllBytes(directory.resolve("quotas.mv"));
    Files.write(directory.resolve("quotas.mv"), Arrays.copyOf(whole, whole.length / 2));
    try (Application application = application(directory, "2s")) {
      callsGoOn(application);
      assertThat(loud(application.end())).singleElement().asString().contains("FORGOTTEN");
    }
  }

  private void isSetAside(byte[] content) throws IOException {
    Files.write(directory.resolve("quotas.mv"), content);
    try (Application application = application(directory, "2s")) {
      callsGoOn(application);
      assertThat(loud(application.end())).singleElement().asString().contains("CANNOT BE READ");
    }
    try (Stream<Path> files = Files.list(directory)) {
      Path aside =
          files
              .filter(it -> it.getFileName().toString().startsWith("quotas.mv.corrupt-"))
              .findFirst()
              .orElseThrow();
      assertThat(aside).hasBinaryContent(content);
    }
    try (Application application = application(directory, "2s")) {
      callsGoOn(application);
      assertThat(loud(application.end())).as("the new file is whole").isEmpty();
    }
  }
}
