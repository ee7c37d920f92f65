package dev.rotor.runtime.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A quota on file survives that its process is killed at any instant. */
@Timeout(120)
class QuotaKillTest {
  private static final int QUOTA = 20_000;
  private static final int KILLS = 50;
  private static final long SEED = 20261130;

  @TempDir Path directory;

  @Test
  void itIsNeverExceededAndFiftyKillsLoseAHundredthAtMost() throws Exception {
    Random random = new Random(SEED);
    int granted = 0;
    for (int i = 0; i < KILLS; i++) {
      granted += random.nextInt(5) == 0 ? killedAnyTime(random) : killedAtWork(random);
      assertThat(granted).as("after %d kills", i + 1).isLessThanOrEqualTo(QUOTA);
    }
    Process last = start(Integer.MAX_VALUE);
    int afterwards = grants(last.getInputStream(), Integer.MAX_VALUE);
    assertThat(last.waitFor()).as(Files.readString(directory.resolve("errors"))).isZero();
    assertThat(afterwards).as("left for the end").isPositive();
    assertThat(granted + afterwards).isBetween(QUOTA * 99 / 100, QUOTA);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("nothing was set aside")
          .containsExactlyInAnyOrder("quotas.mv", "quotas.version", "errors");
    }
    assertThat(directory.resolve("errors")).content().doesNotContain("THE STATE FILE");
  }

  /** Kills it after so many grants. */
  private int killedAtWork(Random random) throws Exception {
    int wanted = 1 + random.nextInt(500);
    // a few more, so that it is at work; not many, since something must be left for all kills
    Process process = start(wanted + 50);
    int granted = grants(process.getInputStream(), wanted);
    return granted + kill(process);
  }

  /** Kills it perhaps while it starts, opens its file or takes its first lease. */
  private int killedAnyTime(Random random) throws Exception {
    Process process = start(300);
    boolean unused = process.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
    return kill(process);
  }

  /** How many more it had been granted by then. */
  private static int kill(Process process) throws Exception {
    // the process's own method would close the stream, with grants unread in it
    boolean unused = process.toHandle().destroyForcibly();
    process.waitFor();
    return grants(process.getInputStream(), Integer.MAX_VALUE);
  }

  private static int grants(InputStream from, int most) throws IOException {
    int count = 0;
    while (count < most && from.read() >= 0) {
      count++;
    }
    return count;
  }

  private Process start(int most) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            classPath(QuotaDrain.class, Quota.class, MVStore.class, Logger.class),
            QuotaDrain.class.getName(),
            directory.toString(),
            Integer.toString(QUOTA),
            Integer.toString(most))
        .redirectError(ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "errors")))
        .start();
  }

  /** Whatever runs this test, the property of that name may not tell it. */
  private static String classPath(Class<?>... classes) {
    return Stream.of(classes)
        .map(it -> it.getProtectionDomain().getCodeSource().getLocation())
        .map(it -> Path.of(URI.create(it.toString())).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
