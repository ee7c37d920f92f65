package dev.rotor.runtime.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Tells whether any file that a load read has other content by now: the configuration file, its
 * includes, and the secrets' files; also one that was not there and has come. It is told by
 * content, so a file that was only touched has not changed, and one that Kubernetes replaced by
 * swapping a link has.
 *
 * <p>To be polled, by one thread at a time. It blocks on reading the files' attributes and, when
 * these differ from the last time, their content.
 */
public final class ConfigWatcher {
  /** An edit that keeps a file's size may fall within one tick of its time stamp. */
  private static final int THOROUGH_EVERY = 4;

  private final List<Path> paths;
  private final Collection<WatchedFile> files;
  private int polls;

  ConfigWatcher(Map<Path, WatchedFile> files) {
    this.paths = List.copyOf(files.keySet());
    this.files = List.copyOf(files.values());
  }

  /**
   * Whether anything differs from what the load read. Stays true until the change is taken back;
   * after another load ask for another watcher.
   */
  public boolean changed() {
    boolean thorough = ++polls % THOROUGH_EVERY == 0;
    for (WatchedFile file : files) {
      if (file.differs(thorough)) {
        return true;
      }
    }
    return false;
  }

  /** The files that are watched, absolute. */
  public List<Path> files() {
    return paths;
  }
}
