package com.example.it.http;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A blocking client on a thread of its own; giving it up interrupts, unless told otherwise. */
final class OwnThread implements Client.Pending {

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final Runnable giveUp;
  private volatile Answer answer;
  private volatile Throwable failure;
  private volatile boolean interrupted;

  private OwnThread(Callable<Answer> send, Runnable giveUp) {
    this.giveUp = giveUp;
    this.thread =
        new Thread(
            () -> {
              try {
                answer = send.call();
              } catch (Throwable thrown) {
                failure = thrown;
              } finally {
                interrupted = Thread.currentThread().isInterrupted();
                ended.countDown();
              }
            },
            "sender");
  }

  static OwnThread start(Callable<Answer> send) {
    return start(send, null);
  }

  static OwnThread start(Callable<Answer> send, Runnable giveUp) {
    OwnThread started = new OwnThread(send, giveUp);
    started.thread.setDaemon(true);
    started.thread.start();
    return started;
  }

  @Override
  public Answer await() throws Exception {
    ended.await();
    if (failure instanceof Exception exception) {
      throw exception;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return answer;
  }

  @Override
  public boolean cancel() {
    if (giveUp == null) {
      thread.interrupt();
    } else {
      giveUp.run();
    }
    return true;
  }

  /** Interrupts it, whatever giving up means. */
  void interrupt() {
    thread.interrupt();
  }

  /** Waits until it waits for something else than the network. */
  void awaitParked() throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (ended.await(1, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("it has ended");
      }
    }
  }

  @Override
  public boolean isInterrupted() {
    return interrupted;
  }
}
