package com.example.it.http.stack;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Gives a request up, in the way of its client. Thread-safe. */
public final class Abort {

  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch begun = new CountDownLatch(1);
  private Runnable how = () -> {};
  private boolean wanted;

  /** What to do where the client has no way of its own. */
  public synchronized void byDefault(Runnable newHow) {
    how = newHow;
  }

  /** The client's way; an asynchronous client's driver says it when the client's method is back. */
  public void by(Runnable newHow) {
    boolean late;
    synchronized (this) {
      how = newHow;
      late = wanted;
    }
    begun.countDown();
    if (late) {
      newHow.run();
    }
  }

  /** Gives up. */
  public void now() {
    Runnable way;
    synchronized (this) {
      wanted = true;
      way = how;
    }
    way.run();
  }

  /** Whether the client's own method returned, or will very soon. */
  public boolean awaitBegun() throws InterruptedException {
    return begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
