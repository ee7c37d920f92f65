package com.example.it.sdk;

/** An SDK with its ways to ask a provider. Thread-safe. */
interface Sdk {

  /**
   * Asks and waits for the whole answer.
   *
   * @param way such as {@code chat} or {@code embedding}
   * @param url the provider's address, without a path
   * @param retries how often the SDK itself may try again; below zero: as it does by default
   * @return what came back, and how many tokens that took, as {@link #told} has it
   */
  String ask(String way, String url, int retries, String text) throws Exception;

  /** How many answers the SDK itself was given by its HTTP client; those that it retried, too. */
  default int answers() {
    return -1;
  }

  static String told(String content, long tokens) {
    return content + " (" + tokens + " tokens)";
  }
}
