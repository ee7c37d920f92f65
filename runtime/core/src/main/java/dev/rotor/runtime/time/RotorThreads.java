package dev.rotor.runtime.time;

/**
 * How Rotor's threads are made: daemons, without context loader, without inherited thread-locals.
 */
public final class RotorThreads {

  private RotorThreads() {}

  /** A thread that is not started yet. */
  public static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
