package dev.rotor.it.load;

import com.example.it.http.Words;
import com.example.it.load.LoadProgram;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import java.util.List;
import okhttp3.OkHttpClient;

/** The application that makes many calls, in a child JVM. */
final class LoadedApplication implements AutoCloseable {

  private final ChildJvm child;
  private final RunningJvm running;

  LoadedApplication(String yaml, List<TestKey> keys) {
    child =
        ChildJvm.running(LoadProgram.class)
            .classPath(
                ChildJvm.location(OkHttpClient.class),
                ChildJvm.location(okio.Buffer.class),
                ChildJvm.location(kotlin.Unit.class))
            .keys(keys.toArray(TestKey[]::new))
            .config(yaml);
    running = child.start();
    running.awaitOut("ready=yes");
  }

  /** Starts to make calls, as {@code com.example.it.load.Load} says. */
  void start(Words load) {
    ask("start", load);
  }

  /** Waits until all calls are made; what they came to. */
  Words join() {
    return ask("join", new Words());
  }

  /** Begins no more calls; what those until then came to. */
  Words stop() {
    return ask("stop", new Words());
  }

  /** Waits until so many more calls have succeeded. */
  void awaitMore(int calls) {
    int before = told().number("ok", 0);
    running.askUntil("do=told", it -> Words.parse(it).number("ok", 0) >= before + calls);
  }

  Words told() {
    return ask("told", new Words());
  }

  /**
   * What Rotor has counted once so many calls have ended; the last answers may have been read a
   * moment before that is counted.
   */
  Counted counted(int calls) {
    String line = running.askUntil("do=meters", it -> ended(it) == calls);
    return Counted.of(Words.parse(line));
  }

  /** The count of the API is a call's last; a refused call has none. */
  private static long ended(String meters) {
    Counted counted = Counted.of(Words.parse(meters));
    return counted.of("api", "CALLS") + counted.of("site", "REFUSAL");
  }

  private Words ask(String what, Words words) {
    return Words.parse(running.ask(new Words().with("do", what).with(words).toString()));
  }

  /** Replaces its configuration and waits until that is in effect. */
  void reload(String yaml) {
    running.awaitErrOf(() -> child.write("rotor.yaml", yaml), "reloaded: ");
  }

  /** Ends it, and finds neither a secret nor a fault in what it printed. */
  Outcome end() {
    return running.end();
  }

  @Override
  public void close() {
    running.close();
  }
}
