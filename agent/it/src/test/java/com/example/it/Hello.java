package com.example.it;

/** Says that its main ran; nothing more. */
public final class Hello {

  private Hello() {}

  public static void main(String[] arguments) {
    System.out.println("main ran");
  }
}
