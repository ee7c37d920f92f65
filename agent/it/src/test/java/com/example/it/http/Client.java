package com.example.it.http;

/** One way to send a request. Thread-safe. */
interface Client {

  /** Sends on this thread, if the client is a blocking one. */
  Answer send(Wanted wanted) throws Exception;

  /** Starts to send; a blocking client on a thread of its own. */
  Pending start(Wanted wanted) throws Exception;

  /** A request on its way. */
  interface Pending {

    /** Waits for the answer; throws what the client threw. */
    Answer await() throws Exception;

    /** Gives it up as an application would; whether that was possible. */
    boolean cancel();

    /** Whether the thread that sent, if it was one, was left interrupted. */
    default boolean isInterrupted() {
      return false;
    }
  }
}
