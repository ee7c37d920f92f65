package com.example.it.sdk;

import com.example.it.http.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Reads a line, asks through its SDK what the line says, answers with a line. */
public final class SdkProgram {

  private final Sdk sdk;

  private SdkProgram(Sdk sdk) {
    this.sdk = sdk;
  }

  public static void main(String[] arguments) throws IOException {
    SdkProgram program = new SdkProgram(sdk(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready=yes");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(program.answer(Words.parse(line)));
    }
    // an SDK's threads would keep it alive
    System.exit(0);
  }

  private static Sdk sdk(String name) {
    return switch (name) {
      case "openai-java" -> new OpenAiJava();
      case "langchain4j" -> new LangChain4j();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Words answer(Words words) {
    try {
      return words.get("do").equals("load") ? load(words) : one(words);
    } catch (Throwable thrown) {
      return failure(thrown);
    }
  }

  private Words one(Words words) {
    int before = sdk.answers();
    Words seen;
    try {
      seen = new Words().with("text", ask(words, words.get("text")));
    } catch (Throwable thrown) {
      seen = failure(thrown);
    }
    return seen.with("answers", sdk.answers() - before);
  }

  private static Words failure(Throwable thrown) {
    Words words = new Words();
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      words.with("failure", one.getClass().getSimpleName());
    }
    return words.with("message", thrown);
  }

  private String ask(Words words, String text) throws Exception {
    return sdk.ask(words.get("way"), words.get("url"), words.number("retries", -1), text);
  }

  /** Many threads at once, each call with a text of its own, whose answer is checked. */
  private Words load(Words words) throws InterruptedException {
    int threads = words.number("threads", 1);
    int calls = words.number("calls", 1);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger succeeded = new AtomicInteger();
    AtomicReference<String> problem = new AtomicReference<>("");
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int call = next.getAndIncrement();
                    call < calls;
                    call = next.getAndIncrement()) {
                  String wrong = wrong(words, String.format(Locale.ROOT, "call-%03d", call));
                  if (wrong.isEmpty()) {
                    succeeded.incrementAndGet();
                  } else {
                    problem.compareAndSet("", wrong);
                  }
                }
                ended.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    ended.await();
    return new Words().with("succeeded", succeeded).with("problem", problem);
  }

  private String wrong(Words words, String text) {
    try {
      String told = ask(words, text);
      return told.equals(words.get("expected").replace("<text>", text)) ? "" : told;
    } catch (Throwable thrown) {
      return failure(thrown).toString();
    }
  }
}
