package com.example.benchmarks.calls;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RateLimited;
import dev.rotor.annotations.RotatedApi;

/** An API client whose provider answers at once, so that only what lies around a call is seen. */
final class Client {

  private final int salt;

  Client(int salt) {
    this.salt = salt;
  }

  /** Untouched. */
  int bare(String question, String key) {
    return salt ^ question.length() ^ key.length();
  }

  /** Key, concurrency, breaker, retry, limit, metrics. */
  @RotatedApi("benchmark")
  @RateLimited("calls")
  int full(String question, @ApiKey String key) {
    return salt ^ question.length() ^ key.length();
  }

  /** The same without a limit. */
  @RotatedApi("benchmark")
  int rotated(String question, @ApiKey String key) {
    return salt ^ question.length() ^ key.length();
  }

  /** Only retried: the key would be put into its requests. */
  @RotatedApi("benchmark")
  int joined(String question) {
    return salt ^ question.length();
  }

  @RateLimited("calls")
  int limited(String question) {
    return salt ^ question.length();
  }

  @Cached("answers")
  String cached(String question) {
    return question + salt;
  }
}
