package com.example.ltw;

import dev.rotor.annotations.LimitExceededException;

/** Calls everything once and prints what came out. */
final class Program {

  private Program() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    ChatClient chat = new ChatClient();
    System.out.println("blocking: " + chat.ask("one", "none") + ", requests " + chat.requests());

    chat = new ChatClient();
    System.out.println(
        "later: " + chat.askLater("two", "none").get() + ", requests " + chat.requests());

    chat = new ChatClient();
    try {
      System.out.println(chat.askOnOwnAccount("three", "sk-first-0000001"));
    } catch (Busy busy) {
      System.out.println("untouched: " + busy.getMessage() + ", requests " + chat.requests());
    }

    Search search = new Search();
    System.out.println("cached: " + search.count("four") + search.count("four"));
    System.out.println("loads: " + search.loads());

    System.out.println("limited: " + Search.find("ann", "five") + ", " + Search.find("ann", "six"));
    try {
      System.out.println(Search.find("ann", "seven"));
    } catch (LimitExceededException exceeded) {
      System.out.println("refused: " + exceeded.getMessage());
    }
    System.out.println("limited: " + Search.find("bob", "eight"));
  }
}
