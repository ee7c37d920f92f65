package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A request that the application is to send. */
public final class Sending {

  private final Function<Words, Seen> application;
  private final Words words;

  public Sending(Function<Words, Seen> application, Words words) {
    this.application = application;
    this.words = words;
  }

  public Sending header(String name, String value) {
    return with("header", name + ": " + value);
  }

  public Sending text(String text) {
    return with("text", text);
  }

  /** With a body of so many bytes, those of {@link com.example.it.http.Payload}. */
  public Sending bytes(int length) {
    return with("length", length);
  }

  public Sending timeout(Duration timeout) {
    return with("timeout", timeout.toMillis());
  }

  public Sending with(String name, Object value) {
    words.with(name, value);
    return this;
  }

  /** Sends it and waits for what comes of it. */
  public Seen send() {
    return run("send");
  }

  /** Has the application do something else with the request. */
  public Seen run(String what) {
    return application.apply(new Words().with("do", what).with(words));
  }

  /** Starts to send it. */
  public Started start() {
    return new Started(application, "start", words);
  }

  /** Starts to read the answer line by line. */
  public Started read() {
    return new Started(application, "read", words);
  }

  /** A request on its way. */
  public static final class Started {
    private static final AtomicInteger LAST = new AtomicInteger();

    private final Function<Words, Seen> application;
    private final String id;
    private final int millis;

    private Started(Function<Words, Seen> application, String what, Words words) {
      this.application = application;
      this.id = "request-" + LAST.incrementAndGet();
      this.millis =
          application
              .apply(new Words().with("do", what).with("id", id).with(words))
              .number("millis");
    }

    /** How long the client kept its caller. */
    int millis() {
      return millis;
    }

    /** The next line of an answer that is read so; waits for it. */
    public String line() {
      return run("line").text();
    }

    /** Whether the client let its caller go on, as it does soon. */
    public boolean isBegun() {
      return Boolean.parseBoolean(run("begun").words().get("begun"));
    }

    /** Waits for what comes of it. */
    public Seen await() {
      return run("await");
    }

    /** Gives it up. */
    public Seen cancel() {
      return run("cancel");
    }

    /** Waits until its thread waits, if it is one of its own. */
    void awaitParked() {
      assertThat(run("parked").failure()).isNull();
    }

    Seen interrupt() {
      return run("interrupt");
    }

    private Seen run(String what) {
      return application.apply(new Words().with("do", what).with("id", id));
    }
  }
}
