package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
  private static final String YAML =
      "include: more.yaml\napis: {openai: {keys: ['${file:secret}', '${file:later}']}}\n";

  @TempDir Path directory;
  ConfigFixture config;
  ConfigLoader loader;
  Path file;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory);
    file = config.write("rotor.yaml", YAML);
    config.write("more.yaml", "limits: {a: 1/1s}");
    config.write("secret", "one");
    loader = config.loader();
  }

  private ConfigWatcher watcher() throws ConfigException {
    loader.load(file);
    return loader.watcher();
  }

  @Test
  void itWatchesTheFileItsIncludesAndTheSecretsAlsoThoseThatAreNotThere() throws Exception {
    assertThat(watcher().files())
        .containsExactly(
            file,
            directory.resolve("more.yaml"),
            directory.resolve("secret"),
            directory.resolve("later"));
  }

  @Test
  void nothingHasChangedWhenNothingWasWritten() throws Exception {
    ConfigWatcher watcher = watcher();
    for (int poll = 0; poll < 10; poll++) {
      assertThat(watcher.changed()).isFalse();
    }
  }

  @Test
  void aChangeInAnyFileIsNoticed() throws Exception {
    for (String name : new String[] {"rotor.yaml", "more.yaml", "secret"}) {
      ConfigWatcher watcher = watcher();
      Files.writeString(directory.resolve(name), Files.readString(directory.resolve(name)) + "\n");
      assertThat(watcher.changed()).as(name).isTrue();
      assertThat(watcher.changed()).as(name + ", asked again").isTrue();
      assertThat(watcher().changed()).as(name + ", loaded again").isFalse();
    }
  }

  @Test
  void aFileThatComesOrGoesIsNoticed() throws Exception {
    ConfigWatcher watcher = watcher();
    config.write("later", "two");
    assertThat(watcher.changed()).isTrue();
    watcher = watcher();
    Files.delete(directory.resolve("later"));
    assertThat(watcher.changed()).isTrue();
  }

  @Test
  void aFileThatWasOnlyTouchedHasNotChanged() throws Exception {
    ConfigWatcher watcher = watcher();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(watcher.changed()).isFalse();
    Files.writeString(directory.resolve("copy"), YAML);
    Files.move(directory.resolve("copy"), file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(watcher.changed()).isFalse();
  }

  @Test
  void aSwappedLinkIsNoticed() throws Exception {
    Files.createDirectory(directory.resolve("v1"));
    Files.createDirectory(directory.resolve("v2"));
    config.write("v1/secret", "one");
    config.write("v2/secret", "two");
    Files.delete(directory.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("data"), Path.of("v1"));
    Files.createSymbolicLink(directory.resolve("secret"), Path.of("data", "secret"));
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(directory.resolve("v1/secret"), time);
    Files.setLastModifiedTime(directory.resolve("v2/secret"), time);
    ConfigWatcher watcher = watcher();
    assertThat(watcher.changed()).isFalse();
    Files.createSymbolicLink(directory.resolve("data.new"), Path.of("v2"));
    Files.move(
        directory.resolve("data.new"),
        directory.resolve("data"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    assertThat(watcher.changed()).isTrue();
  }

  @Test
  void anEditThatKeepsSizeAndTimeIsNoticedWithinFourPolls() throws Exception {
    Path secret = directory.resolve("secret");
    FileTime time = Files.getLastModifiedTime(secret);
    ConfigWatcher watcher = watcher();
    Files.writeString(secret, "two");
    Files.setLastModifiedTime(secret, time);
    boolean changed = false;
    for (int poll = 0; poll < 4; poll++) {
      changed |= watcher.changed();
    }
    assertThat(changed).isTrue();
  }

  @Test
  void afterALoadThatFailedTheMendIsNoticed() throws Exception {
    Files.writeString(file, "mode: nonsense");
    assertThatThrownBy(() -> loader.load(file)).isInstanceOf(ConfigException.class);
    ConfigWatcher watcher = loader.watcher();
    assertThat(watcher.changed()).isFalse();
    Files.writeString(file, "mode: off");
    assertThat(watcher.changed()).isTrue();
  }

  @Test
  void aFileThatWasNotThereAtAllIsWaitedFor() throws Exception {
    Path gone = directory.resolve("gone.yaml");
    assertThatThrownBy(() -> loader.load(gone)).isInstanceOf(ConfigException.class);
    ConfigWatcher watcher = loader.watcher();
    assertThat(watcher.changed()).isFalse();
    Files.writeString(gone, "mode: off");
    assertThat(watcher.changed()).isTrue();
  }
}
