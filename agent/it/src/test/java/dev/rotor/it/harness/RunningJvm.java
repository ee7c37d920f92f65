package dev.rotor.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A child JVM at work. Its output is collected all the time, and searched for secrets at the end.
 */
public final class RunningJvm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> secrets;
  private final PrintWriter in;
  private final Collected out;
  private final Collected err;

  RunningJvm(Process process, List<String> secrets) {
    this.process = process;
    this.secrets = secrets;
    this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.out = new Collected(process.inputReader(StandardCharsets.UTF_8), "out");
    this.err = new Collected(process.errorReader(StandardCharsets.UTF_8), "err");
  }

  public long pid() {
    return process.pid();
  }

  /** Sends a line to its standard input. */
  public void send(String line) {
    in.println(line);
  }

  /**
   * Sends a line and takes the next line of standard output that comes back.
   *
   * @throws AssertionError when none does in time
   */
  public String ask(String line) {
    int before = out.size();
    send(line);
    return out.await(before, it -> true, PATIENCE, this::describe);
  }

  /** Asks again and again until the answer is this. */
  public String askUntil(String line, Predicate<String> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String answer = ask(line);
      if (wanted.test(answer)) {
        return answer;
      }
      assertThat(System.nanoTime() - deadline)
          .as("nanoseconds over the time for `%s`, which is still answered with %s", line, answer)
          .isNegative();
      Thread.onSpinWait();
    }
  }

  /** Waits for a line of standard output that holds a text. */
  public String awaitOut(String text) {
    return out.await(0, line -> line.contains(text), PATIENCE, this::describe);
  }

  /** The same for one that takes longer to come. */
  public String awaitOut(String text, Duration atMost) {
    return out.await(0, line -> line.contains(text), atMost, this::describe);
  }

  /** Waits for a line of standard error that holds a text. */
  public String awaitErr(String text) {
    return err.await(0, line -> line.contains(text), PATIENCE, this::describe);
  }

  /** Does something and waits for a line of standard error that holds a text and comes of it. */
  public String awaitErrOf(Runnable cause, String text) {
    int before = err.size();
    cause.run();
    return err.await(before, line -> line.contains(text), PATIENCE, this::describe);
  }

  /** What the JDK's {@code jcmd} tells of it. */
  public List<String> jcmd(String command) {
    try {
      Process jcmd =
          new ProcessBuilder(Java.current().jcmd().toString(), Long.toString(pid()), command)
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines = jcmd.inputReader(StandardCharsets.UTF_8)) {
        return lines.lines().toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The heads of its threads with such names in a thread dump: name, number, {@code daemon} if it
   * is one, ...
   */
  public List<String> threads(String names) {
    return jcmd("Thread.print").stream().filter(it -> it.startsWith("\"" + names)).toList();
  }

  /** What it wrote to standard error so far. */
  public List<String> errLines() {
    return err.lines();
  }

  /** Asks it to end as an operator does, by SIGTERM, and waits until it has. */
  public Outcome terminate() {
    // not of the process itself, which would close its output as well
    process.toHandle().destroy();
    return end();
  }

  /** Closes its standard input and waits for its own end. */
  public Outcome end(Duration atMost) {
    try {
      in.close();
      boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(ended).as("the child JVM ended within %s\n%s", atMost, describe()).isTrue();
      out.awaitEnd();
      err.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Outcome outcome = new Outcome(process.exitValue(), out.text(), err.text());
    checkSecrets();
    return outcome;
  }

  /** The same within a minute. */
  public Outcome end() {
    return end(PATIENCE);
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      out.awaitEnd();
      err.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    checkSecrets();
  }

  private void checkSecrets() {
    for (String secret : secrets) {
      // not by an assertion on the text, which would print what it holds
      boolean printed = out.text().contains(secret) || err.text().contains(secret);
      assertThat(printed).as("a secret was printed").isFalse();
    }
  }

  private String describe() {
    String text = "--- out\n" + out.text() + "--- err\n" + err.text() + "---";
    for (String secret : secrets) {
      text = text.replace(secret, "(A SECRET)");
    }
    return text;
  }

  /** The lines of a stream, as they come. */
  private static final class Collected {
    private final List<String> lines = new java.util.ArrayList<>();
    private final Thread thread;

    Collected(BufferedReader from, String name) {
      this.thread = new Thread(() -> collect(from), "child-" + name);
      thread.setDaemon(true);
      thread.start();
    }

    private void collect(BufferedReader from) {
      try {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("closed")) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    synchronized int size() {
      return lines.size();
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    String text() {
      StringBuilder text = new StringBuilder();
      lines().forEach(line -> text.append(line).append('\n'));
      return text.toString();
    }

    void awaitEnd() throws InterruptedException {
      thread.join(PATIENCE.toMillis());
    }

    synchronized String await(
        int from,
        Predicate<String> wanted,
        Duration atMost,
        java.util.function.Supplier<String> description) {
      long deadline = System.nanoTime() + atMost.toNanos();
      int next = from;
      while (true) {
        for (; next < lines.size(); next++) {
          if (wanted.test(lines.get(next))) {
            return lines.get(next);
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || (!thread.isAlive() && next == lines.size())) {
          throw new AssertionError("the line did not come\n" + description.get());
        }
        try {
          wait(Math.min(left, 200));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
