package dev.rotor.it.http;

import com.example.it.http.HttpProgram;
import com.example.it.http.Words;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.samples.stub.SelfSignedTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;

/** The application with the three HTTP clients, at work in a child JVM. */
public final class Application implements AutoCloseable {

  private static SelfSignedTls tls;

  private final ChildJvm child;
  private final RunningJvm running;

  private Application(ChildJvm child) {
    this.child = child;
    this.running = child.start();
    running.awaitOut("ready=yes");
  }

  /** What providers and the application have in common for HTTPS. */
  public static synchronized SelfSignedTls tls() {
    if (tls == null) {
      try {
        tls =
            SelfSignedTls.create(
                Files.createTempDirectory(Path.of("target"), "tls-").toAbsolutePath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return tls;
  }

  /** Starts it with this configuration. */
  static Application start(String yaml) {
    ChildJvm child =
        ChildJvm.running(HttpProgram.class)
            .classPath(
                ChildJvm.location(OkHttpClient.class),
                ChildJvm.location(okio.Buffer.class),
                ChildJvm.location(kotlin.Unit.class))
            .property("javax.net.ssl.trustStore", tls().store().toString())
            .property("javax.net.ssl.trustStorePassword", tls().password())
            .property("jdk.httpclient.allowRestrictedHeaders", "host")
            .property("sun.net.http.allowRestrictedHeaders", "true")
            .keys(Keys.all())
            .config(yaml);
    return start(child);
  }

  /** Starts it as a child that is ready. */
  public static Application start(ChildJvm child) {
    return new Application(child);
  }

  /** Has it do something, and waits for what comes of it. */
  public Seen ask(Words words) {
    String line = running.ask(words.toString());
    if (Keys.areIn(line)) {
      throw new AssertionError("the application sees a secret: " + Keys.masked(line));
    }
    return new Seen(Words.parse(line));
  }

  /** Replaces its configuration and waits until that is in effect. */
  void reload(String yaml) {
    running.awaitErrOf(() -> write(yaml), "reloaded: ");
  }

  /** Replaces its configuration, and does not wait. */
  void write(String yaml) {
    child.write("rotor.yaml", yaml);
  }

  /**
   * What Rotor wrote so far about something; waits for the first line, which its reader may lag
   * behind.
   */
  public List<String> told(String about) {
    var unused = running.awaitErr(about);
    return running.errLines().stream().filter(it -> it.contains(about)).toList();
  }

  /** Waits for a line of the log. */
  public String awaitTold(String text) {
    return running.awaitErr(text);
  }

  /** Ends it, and finds neither a secret nor a fault in what it printed. */
  public Outcome end() {
    return running.end();
  }

  @Override
  public void close() {
    running.close();
  }
}
