package com.example.ltw;

import dev.rotor.annotations.Cached;
import dev.rotor.annotations.LimitBy;
import dev.rotor.annotations.RateLimited;

/** Methods that are cached and limited. */
class Search {

  private int loads;

  @Cached(ttl = "1h")
  int count(String word) {
    loads++;
    return word.length();
  }

  @RateLimited(permits = 2, per = "1h")
  static String find(@LimitBy String user, String word) {
    return word + " for " + user;
  }

  int loads() {
    return loads;
  }
}
