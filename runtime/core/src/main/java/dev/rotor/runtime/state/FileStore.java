package dev.rotor.runtime.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one file, an H2 MVStore of one map: from line and start to the rest of an {@link
 * Entry}. The file holds names and numbers only.
 */
final class FileStore implements Store {

  static final String FILE_NAME = "quotas.mv";

  private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
  private static final String MAP = "quotas";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  // sorts before all digits, and stands in no name
  private static final char SEPARATOR = ' ';
  private static final int START_DIGITS = 19;

  private final MVStore store;
  private final MVMap<String, String> map;
  private final VersionMark mark;

  private FileStore(MVStore store, VersionMark mark) {
    this.store = store;
    this.mark = mark;
    this.map =
        store.openMap(
            MAP,
            new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
  }

  /**
   * Opens the file in a directory. One that cannot be read is set aside, loudly, and a new one
   * begun.
   *
   * @throws UnusableStoreException when the directory cannot be written, or another process has it
   */
  static FileStore open(Path directory, Instant now) throws UnusableStoreException {
    Path file = directory.resolve(FILE_NAME);
    try {
      Files.createDirectories(directory);
      // MVStore takes an empty file for a new one, but no store is ever empty
      if (Files.exists(file) && Files.size(file) == 0) {
        setAside(directory, now, "it is empty");
      }
      try {
        return openSound(directory);
      } catch (MVStoreException broken) {
        if (!isCorruption(broken)) {
          throw broken;
        }
        setAside(directory, now, reason(broken));
        return openSound(directory);
      }
    } catch (MVStoreException e) {
      throw new UnusableStoreException(file + ": " + whyUnusable(e), e);
    } catch (IOException e) {
      throw new UnusableStoreException(file + ": it cannot be opened (" + e + ")", e);
    }
  }

  private static FileStore openSound(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    MVStore store = null;
    VersionMark mark = null;
    boolean sound = false;
    try {
      store =
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(1).open();
      if (store.isReadOnly()) {
        throw new IOException("it is read-only");
      }
      // what was written is safe before anything else is, so nothing older is ever needed
      store.setRetentionTime(0);
      store.setVersionsToKeep(0);
      long version = store.getCurrentVersion();
      mark = VersionMark.open(directory);
      FileStore opened = new FileStore(store, mark);
      List<Entry> unused = opened.all();
      long last = VersionMark.read(directory);
      if (version < last) {
        LOG.error(
            "THE STATE FILE {} IS DAMAGED, SO SOME OF WHAT WAS USED OF QUOTAS IS FORGOTTEN, and they"
                + " may be exceeded until their next reset: it goes on from version {} of {}",
            file,
            version,
            last);
      }
      mark.write(version);
      sound = true;
      return opened;
    } catch (MVStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // what MVStore meets in bytes that it did not write
      throw corrupt(String.valueOf(e.getMessage()), e);
    } finally {
      if (!sound) {
        letGo(store, mark);
      }
    }
  }

  private static void letGo(@Nullable MVStore store, @Nullable VersionMark mark) {
    try {
      if (mark != null) {
        mark.close();
      }
    } finally {
      if (store != null) {
        store.closeImmediately();
      }
    }
  }

  private static MVStoreException corrupt(String message, @Nullable Throwable cause) {
    MVStoreException corrupt = new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, message);
    if (cause != null) {
      corrupt.initCause(cause);
    }
    return corrupt;
  }

  private static boolean isCorruption(MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_READING_FAILED -> e.getCause() instanceof EOFException;
      case DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
          false;
      default -> true;
    };
  }

  private static String whyUnusable(MVStoreException e) {
    return e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
        ? "another process has it open; give each process a directory of its own"
        : "it cannot be opened (" + reason(e) + ")";
  }

  private static String reason(MVStoreException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static void setAside(Path directory, Instant now, String why) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    Path aside = file.resolveSibling(FILE_NAME + ".corrupt-" + TIME.format(now));
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(FILE_NAME + ".corrupt-" + TIME.format(now) + "-" + i);
    }
    Files.move(file, aside);
    VersionMark.remove(directory);
    LOG.error(
        "THE STATE FILE {} CANNOT BE READ ({}), SO WHAT WAS USED OF QUOTAS IS FORGOTTEN: they begin"
            + " anew, and may be exceeded until their next reset. The file was set aside as {}; if"
            + " you know what was used, import it",
        file,
        why,
        aside.getFileName());
  }

  @Override
  public List<Entry> read(String line) {
    List<Entry> entries = new ArrayList<>();
    Iterator<String> keys = map.keyIterator(line + SEPARATOR);
    while (keys.hasNext()) {
      String key = keys.next();
      if (!line.equals(line(key))) {
        break;
      }
      entries.add(entry(key));
    }
    return entries;
  }

  @Override
  public List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    map.keyIterator(null).forEachRemaining(key -> entries.add(entry(key)));
    return entries;
  }

  private Entry entry(String key) {
    String line = line(key);
    String text = Objects.requireNonNull(map.get(key));
    try {
      if (line != null) {
        Entry entry = Entry.parse(line, Long.parseLong(key.substring(line.length() + 1)), text);
        if (entry != null) {
          return entry;
        }
      }
    } catch (NumberFormatException notOne) {
      // told below
    }
    throw corrupt("an entry that is none of Rotor's", null);
  }

  private static @Nullable String line(String key) {
    int end = key.lastIndexOf(SEPARATOR);
    return end < 0 ? null : key.substring(0, end);
  }

  private static String key(String line, long start) {
    String digits = Long.toString(Math.max(0, start));
    return line + SEPARATOR + "0".repeat(START_DIGITS - digits.length()) + digits;
  }

  @Override
  public void write(List<Entry> entries, List<Forgotten> forgotten) {
    for (Forgotten old : forgotten) {
      forget(old);
    }
    for (Entry entry : entries) {
      map.put(key(entry.line(), entry.start()), entry.text());
    }
    long version = store.commit();
    store.sync();
    mark.write(version);
  }

  private void forget(Forgotten old) {
    List<String> keys = new ArrayList<>();
    for (Entry entry : read(old.line())) {
      if (entry.start() < old.before()) {
        keys.add(key(entry.line(), entry.start()));
      }
    }
    keys.forEach(map::remove);
  }

  @Override
  public void close() {
    mark.close();
    if (!store.isClosed()) {
      store.close();
    }
  }
}
