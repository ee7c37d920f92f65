package com.example.it.http.stack;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for what an asynchronous client comes to. */
final class Futures {

  private Futures() {}

  /** Throws what the client failed with. */
  static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(Driver.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
