package dev.rotor.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.state.Store.Forgotten;
import dev.rotor.runtime.testing.RecordedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String ASIDE = "quotas.mv.corrupt-20261125T120000Z";
  private static final String LINE = "openai/primary:daily/requests";
  private static final Entry ENTRY = new Entry(LINE, 1_000, 2_000, 500, 12, 3);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve(FileStore.FILE_NAME);
  }

  private FileStore open() throws UnusableStoreException {
    return FileStore.open(directory, NOW);
  }

  private void write(Entry... entries) throws UnusableStoreException {
    try (FileStore store = open()) {
      store.write(List.of(entries), List.of());
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsReadBackInTheOrderOfTheSpans() throws Exception {
    Entry later = new Entry(LINE, 2_000, 3_000, 1, 0, 0);
    Entry other = new Entry("openai/primary:daily/tokens", 1_000, 2_000, 7, 0, 0);
    write(later, ENTRY, other);
    try (FileStore store = open()) {
      assertThat(store.read(LINE)).containsExactly(ENTRY, later);
      assertThat(store.read("openai/prim")).isEmpty();
      assertThat(store.all()).containsExactly(ENTRY, later, other);
    }
    assertThat(names()).containsExactly("quotas.mv", "quotas.version");
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    Entry later = new Entry(LINE, 2_000, 3_000, 1, 0, 0);
    write(ENTRY);
    try (FileStore store = open()) {
      store.write(List.of(later), List.of(new Forgotten(LINE, 2_000)));
      assertThat(store.all()).containsExactly(later);
    }
  }

  @Test
  void manyWritesDoNotLetTheFileGrow() throws Exception {
    try (FileStore store = open()) {
      for (int i = 0; i < 500; i++) {
        store.write(List.of(new Entry(LINE, 1_000, 2_000, i, 0, 0)), List.of());
      }
      assertThat(Files.size(file())).isLessThan(200_000);
    }
  }

  @Test
  void aFileThatIsNoneIsSetAsideWithAMessage() throws Exception {
    Files.writeString(file(), "name,used\nopenai,12\n".repeat(1000));
    assertSetAside();
  }

  @Test
  void anEmptyFileIsSetAsideWithAMessage() throws Exception {
    Files.createFile(file());
    assertSetAside();
  }

  @Test
  void aFileCutShortIsSetAsideWithAMessage() throws Exception {
    write(ENTRY);
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 5_000));
    assertSetAside();
  }

  @Test
  void aFileOfNoiseIsSetAsideWithAMessage() throws Exception {
    byte[] noise = new byte[20_000];
    new Random(7).nextBytes(noise);
    Files.write(file(), noise);
    assertSetAside();
  }

  @Test
  void anotherProgramsStoreIsSetAsideWithAMessage() throws Exception {
    try (MVStore other = MVStore.open(file().toString())) {
      other.openMap("quotas").put("mine", "something else");
    }
    assertSetAside();
  }

  private void assertSetAside() throws Exception {
    byte[] before = Files.readAllBytes(file());
    int told = RecordedLog.warnings().size();
    try (FileStore store = open()) {
      assertThat(store.all()).isEmpty();
      store.write(List.of(ENTRY), List.of());
    }
    assertThat(names()).containsExactly("quotas.mv", ASIDE, "quotas.version");
    assertThat(Files.readAllBytes(directory.resolve(ASIDE))).isEqualTo(before);
    assertThat(RecordedLog.warnings().subList(told, RecordedLog.warnings().size()))
        .singleElement()
        .asString()
        .contains("CANNOT BE READ", "begin anew", ASIDE);
    try (FileStore store = open()) {
      assertThat(store.all()).containsExactly(ENTRY);
    }
  }

  @Test
  void damageAnywhereIsEitherHarmlessOrTold() throws Exception {
    write(ENTRY);
    Path mark = directory.resolve("quotas.version");
    String version = Files.readString(mark);
    byte[] sound = Files.readAllBytes(file());
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = sound.clone();
      int at = random.nextInt(damaged.length);
      int length = Math.min(damaged.length - at, 1 + random.nextInt(3_000));
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, damaged, at, length);
      Files.write(file(), damaged);
      Files.writeString(mark, version);
      int told = RecordedLog.warnings().size();
      try (FileStore store = open()) {
        if (RecordedLog.warnings().size() == told) {
          assertThat(store.all()).as("%d bytes at %d", length, at).containsExactly(ENTRY);
        } else {
          assertThat(store.all()).isEmpty();
        }
      }
    }
  }

  @Test
  void aFileThatAnotherHasOpenIsLeftAlone() throws Exception {
    try (FileStore first = open()) {
      first.write(List.of(ENTRY), List.of());
      assertThatThrownBy(this::open)
          .isInstanceOf(UnusableStoreException.class)
          .hasMessageContaining("another process has it open");
      assertThat(first.all()).containsExactly(ENTRY);
    }
    assertThat(names()).containsExactly("quotas.mv", "quotas.version");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsTold() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("file"), "", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> FileStore.open(inTheWay.resolve("state"), NOW))
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining("cannot be opened");
  }
}
