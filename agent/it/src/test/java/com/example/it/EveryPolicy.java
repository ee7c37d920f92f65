package com.example.it;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RateLimited;
import dev.rotor.annotations.RotatedApi;

/** Uses keys with a breaker, a limit and a cache, and so every library of Rotor's. */
public final class EveryPolicy {

  private EveryPolicy() {}

  @RotatedApi("pets")
  @RateLimited(permits = 100, per = "1s")
  @Cached
  static String fetch(@CacheKey Object question, Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return "fetched";
  }

  public static void use() {
    Attempts attempts = new Attempts().refuse(2);
    Object question = new Object();
    fetch(question, attempts, "own");
    fetch(question, attempts, "own");
    if (attempts.seen().size() != 3 || attempts.seen().contains("own")) {
      throw new AssertionError("Rotor does not work: " + attempts.seen());
    }
  }
}
