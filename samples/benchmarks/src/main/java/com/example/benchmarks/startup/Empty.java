package com.example.benchmarks.startup;

/** The application whose start is measured. */
public final class Empty {

  private Empty() {}

  /** Does nothing. */
  public static void main(String[] arguments) {}
}
