package com.legacy;

/** Somebody was in a hurry, years ago. */
public final class Credentials {
  /** The key of every client here. */
  public static final String KEY = "sk-legacy-0001";

  private Credentials() {}
}
