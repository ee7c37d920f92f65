package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import java.time.Duration;
import java.util.function.Function;

/** A request that the application is to send. */
final class Sending {

  private final Function<Words, Seen> application;
  private final Words words;

  Sending(Function<Words, Seen> application, Words words) {
    this.application = application;
    this.words = words;
  }

  Sending header(String name, String value) {
    return with("header", name + ": " + value);
  }

  Sending text(String text) {
    return with("text", text);
  }

  /** With a body of so many bytes, those of {@link com.example.it.http.Payload}. */
  Sending bytes(int length) {
    return with("length", length);
  }

  Sending timeout(Duration timeout) {
    return with("timeout", timeout.toMillis());
  }

  Sending with(String name, Object value) {
    words.with(name, value);
    return this;
  }

  /** Sends it and waits for what comes of it. */
  Seen send() {
    return run("send");
  }

  /** Has the application do something else with the request. */
  Seen run(String what) {
    return application.apply(new Words().with("do", what).with(words));
  }

  /** Starts to send it. */
  Started start() {
    return new Started(application, words);
  }

  /** A request on its way. */
  static final class Started {
    private static int last;

    private final Function<Words, Seen> application;
    private final String id;
    private final int millis;

    private Started(Function<Words, Seen> application, Words words) {
      this.application = application;
      this.id = "request-" + ++last;
      this.millis =
          application
              .apply(new Words().with("do", "start").with("id", id).with(words))
              .number("millis");
    }

    /** How long the client kept its caller. */
    int millis() {
      return millis;
    }

    Seen await() {
      return run("await");
    }

    Seen cancel() {
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
