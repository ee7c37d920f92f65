package com.example.it.load;

import com.example.it.http.Words;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads a line, does what it says, answers with a line. */
public final class LoadProgram {

  private Load load;

  private LoadProgram() {}

  public static void main(String[] arguments) throws Exception {
    LoadProgram program = new LoadProgram();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready=yes");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(program.run(Words.parse(line)));
    }
    // OkHttp's threads would keep it alive for a minute
    System.exit(0);
  }

  private Words run(Words words) throws Exception {
    switch (words.get("do")) {
      case "start" -> {
        load = new Load(words);
        return new Words().with("started", "yes");
      }
      case "told" -> {
        return load.told();
      }
      case "join" -> {
        return load.join();
      }
      case "stop" -> {
        return load.stop().join();
      }
      case "meters" -> {
        return Meters.read();
      }
      default -> throw new IllegalArgumentException(words.toString());
    }
  }
}
