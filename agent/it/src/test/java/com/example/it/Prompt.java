package com.example.it;

import com.example.it.legacy.RateClient;
import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Does what the lines on its standard input say, and answers each with one line. */
public final class Prompt {

  private Prompt() {}

  @RotatedApi("pets")
  static String annotated(Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return "fetched";
  }

  @RotatedApi("cats")
  static String unknownApi(Attempts attempts, @ApiKey String key) {
    attempts.arrive(key);
    return "fetched";
  }

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line));
    }
  }

  /** What the attempts brought, and how the call ended. */
  static String answer(String command) {
    Attempts attempts = new Attempts();
    String end;
    try {
      end =
          switch (command) {
            case "annotated" -> annotated(attempts, "own");
            case "annotated, refused once" -> annotated(attempts.refuse(1), "own");
            case "unknown API" -> unknownApi(attempts, "own");
            case "legacy" -> new RateClient().fetch(attempts, "EUR");
            case "legacy, refused once" -> new RateClient().fetch(attempts.refuse(1), "EUR");
            default -> "unknown command";
          };
    } catch (RuntimeException e) {
      end = e.getClass().getSimpleName();
    }
    return attempts.seen() + " " + end;
  }
}
