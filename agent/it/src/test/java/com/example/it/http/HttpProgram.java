package com.example.it.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads a line, does what it says, answers with a line. */
public final class HttpProgram {

  private final Clients clients = new Clients();
  private final Map<String, Client.Pending> pending = new HashMap<>();

  private HttpProgram() {}

  public static void main(String[] arguments) throws IOException {
    HttpProgram program = new HttpProgram();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready=yes");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(program.answer(Words.parse(line)));
    }
    // OkHttp's threads would keep it alive for a minute
    System.exit(0);
  }

  private Words answer(Words words) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    String application = words.get("application");
    try {
      if (application != null) {
        thread.setContextClassLoader(new URLClassLoader(application, new URL[0], own));
      }
      return run(words);
    } catch (Throwable thrown) {
      return failure(thrown);
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  private Words run(Words words) throws Exception {
    return switch (words.get("do")) {
      case "send" -> client(words).send(Wanted.of(words)).words();
      case "start" -> start(words);
      case "await" -> await(words.get("id"));
      case "begun" -> begun(words.get("id"));
      case "read" -> read(words);
      case "line" -> new Words().with("text", ((Reading) pending.get(words.get("id"))).line());
      case "cancel" -> new Words().with("cancelled", pending.get(words.get("id")).cancel());
      case "interrupt" -> interrupt(words.get("id"));
      case "parked" -> parked(words.get("id"));
      case "handler" -> Handlers.run(clients.jdk(), words);
      case "threads" -> Load.run(client(words), words);
      case "habit" -> Habits.run(words);
      case "joined" -> Joined.run(clients, words);
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private Client client(Words words) {
    return clients.named(words.get("client"));
  }

  private Words start(Words words) throws Exception {
    long start = System.nanoTime();
    Client.Pending started = client(words).start(Wanted.of(words));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    pending.put(words.get("id"), started);
    return new Words().with("millis", millis);
  }

  private Words begun(String id) throws InterruptedException {
    return new Words().with("begun", ((DrivenClient.Begun) pending.get(id)).abort().awaitBegun());
  }

  private Words read(Words words) {
    int lines = words.number("lines", Integer.MAX_VALUE);
    pending.put(words.get("id"), ((DrivenClient<?>) client(words)).read(Wanted.of(words), lines));
    return new Words().with("reads", words.get("id"));
  }

  private Words await(String id) {
    Client.Pending one = pending.remove(id);
    Words words;
    try {
      words = one.await().words();
    } catch (Throwable thrown) {
      words = failure(thrown);
    }
    return words.with("interrupted", one.isInterrupted());
  }

  private Words interrupt(String id) {
    ((OwnThread) pending.get(id)).interrupt();
    return new Words().with("interrupted", id);
  }

  private Words parked(String id) throws InterruptedException {
    if (pending.get(id) instanceof OwnThread thread) {
      thread.awaitParked();
    }
    return new Words().with("parked", id);
  }

  static Words failure(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new Words()
        .with("failure", thrown.getClass().getName())
        .with("message", thrown)
        .with("cause", cause);
  }
}
