package com.example.it;

/** Uses every policy once, and says so. */
public final class Once {

  private Once() {}

  public static void main(String[] arguments) {
    EveryPolicy.use();
    System.out.println("works");
  }
}
