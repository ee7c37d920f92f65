package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.Prompt;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A changed file takes effect within a second, in a running application. */
class ReloadIT {

  private static final Duration SOON = Duration.ofSeconds(4); // a second, on a busy machine

  private final TestKey alpha = TestKey.of("alpha");
  private final TestKey beta = TestKey.of("beta");
  private final ChildJvm child = ChildJvm.running(Prompt.class).keys(alpha, beta);

  private static String pets(String keys) {
    return """
        apis:
          pets:
            profile: generic-bearer
            hosts: [pets.example]
            keys: %s
        """
        .formatted(keys);
  }

  private static void soon(RunningJvm running, String command, String answer) {
    long start = System.nanoTime();
    running.askUntil(command, answer::equals);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  @Test
  void aNewKeyIsUsed() {
    child.config(pets("['${KEY_ALPHA}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated")).isEqualTo("[alpha] fetched");
      child.write("rotor.yaml", pets("['${KEY_BETA}']"));
      soon(running, "annotated", "[beta] fetched");
      running.awaitErr("reloaded: ");
    }
  }

  @Test
  void aWrongFileChangesNothingAndIsReportedOnce() {
    child.config(pets("['${KEY_ALPHA}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      child.write("rotor.yaml", pets("['${KEY_BETA}']") + "stratgy: x\n");
      String told = running.awaitErr("cannot be used");
      assertThat(told).contains("rotor.yaml");
      running.awaitErr("Nothing is changed");
      assertThat(running.errLines()).anyMatch(line -> line.contains("(rotor.yaml:6)"));
      assertThat(running.ask("annotated")).isEqualTo("[alpha] fetched");
      child.write("rotor.yaml", pets("['${KEY_BETA}']"));
      soon(running, "annotated", "[beta] fetched");
      assertThat(running.errLines()).filteredOn(line -> line.contains("cannot be used")).hasSize(1);
    }
  }

  @Test
  void aNewlyBoundMethodOfALoadedClassIsWoven() {
    child.config(pets("['${KEY_ALPHA}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("legacy, refused once")).isEqualTo("[EUR] ProviderException");
      child.write(
          "rotor.yaml",
          pets("['${KEY_ALPHA}']")
              + "    retry: {backoff: 1ms}\n"
              + "bind: [{method: '..RateClient#fetch(.., String)', rotate: pets}]\n");
      soon(running, "legacy, refused once", "[EUR, EUR] EUR fetched");
      child.write("rotor.yaml", pets("['${KEY_ALPHA}']"));
      soon(running, "legacy, refused once", "[EUR] ProviderException");
    }
  }

  @Test
  void modeOffStopsEverythingAndOnBringsItBack() {
    child.config(pets("['${KEY_ALPHA}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated")).isEqualTo("[alpha] fetched");
      child.write("rotor.yaml", "mode: off\n" + pets("['${KEY_ALPHA}']"));
      soon(running, "annotated", "[own] fetched");
      child.write("rotor.yaml", pets("['${KEY_ALPHA}']"));
      soon(running, "annotated", "[alpha] fetched");
    }
  }

  @Test
  void anApiThatAnAnnotationWaitedForComesAlive() {
    child.config(pets("['${KEY_ALPHA}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("unknown API")).isEqualTo("[own] fetched");
      child.write("rotor.yaml", pets("['${KEY_ALPHA}']").replace("pets:", "cats:"));
      soon(running, "unknown API", "[alpha] fetched");
      assertThat(running.ask("annotated")).isEqualTo("[own] fetched");
    }
  }

  @Test
  void aMountedSecretThatIsSwappedByItsLinkIsPickedUp() throws IOException {
    // as Kubernetes does it: the file is a link into a folder, and that folder's link is replaced
    Path mount = Files.createDirectory(child.directory().resolve("secrets"));
    Path first = Files.createDirectory(mount.resolve("..2026_01"));
    Path second = Files.createDirectory(mount.resolve("..2026_02"));
    Files.writeString(first.resolve("key"), alpha.secret() + "\n");
    Files.writeString(second.resolve("key"), beta.secret() + "\n");
    Path data = Files.createSymbolicLink(mount.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(mount.resolve("key"), Path.of("..data", "key"));
    child.config(pets("['${file:secrets/key}']"));
    try (RunningJvm running = child.start()) {
      running.awaitOut("ready");
      assertThat(running.ask("annotated")).isEqualTo("[alpha] fetched");
      Path fresh = Files.createSymbolicLink(mount.resolve("..new"), second.getFileName());
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
      soon(running, "annotated", "[beta] fetched");
    }
  }
}
