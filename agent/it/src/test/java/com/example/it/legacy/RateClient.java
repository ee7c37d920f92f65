package com.example.it.legacy;

import com.example.it.Attempts;
import java.util.concurrent.atomic.AtomicInteger;

/** A class of its own, bound by name. */
public class RateClient {

  private final AtomicInteger runs = new AtomicInteger();

  public String fetch(Attempts attempts, String currency) {
    attempts.arrive(currency);
    return currency + " fetched";
  }

  public String fetch(Attempts attempts) {
    attempts.arrive("unbound");
    return "unbound";
  }

  public int limited(User user) {
    return runs.incrementAndGet();
  }

  public String cached(String question) {
    return question + runs.incrementAndGet();
  }

  public int both(String question) {
    return runs.incrementAndGet();
  }

  /** Whose limit it is. */
  public static class User {
    private final String id;

    public User(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }
}
