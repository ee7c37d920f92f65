package dev.rotor.runtime.time;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * How Rotor's threads are made: daemons that keep nothing of the application thread that happens to
 * need them first: no context loader, no inherited thread-locals, no access-control context, no
 * thread group.
 */
public final class RotorThreads {

  private RotorThreads() {}

  /** A thread that is not started yet. */
  @SuppressWarnings("removal") // without it, the thread would hold the caller's protection domains
  public static Thread daemon(String name, Runnable task) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(topGroup(), task, name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
