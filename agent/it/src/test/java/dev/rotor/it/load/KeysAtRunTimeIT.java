package dev.rotor.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keys come, go and change while calls are made; no call fails. The secrets of alpha to delta are
 * known to the provider by these names, whichever key of the file has them.
 */
class KeysAtRunTimeIT {

  private static final int LIMIT = 20;

  private static final String API =
      """
      apis:
        api:
          profile: generic-bearer
          base-url: <url>
          keys: [<keys>]
      """;

  /** Calls from the first that began when a reload was in effect. */
  record Phase(int first) {

    boolean has(ReceivedRequest request) {
      return Integer.parseInt(request.header("X-Call")) >= first;
    }
  }

  private StubProvider provider;
  private LoadedApplication application;

  @BeforeEach
  void start() {
    provider = Keys.provider();
    application = new LoadedApplication(yaml(key("alpha"), key("beta")), Keys.ALL);
    application.start(
        new Words()
            .with("url", provider.url() + "/echo")
            .with("ways", "jdk-send,okhttp,jdk-async")
            .with("threads", 9)
            .with("gap", 2_000));
    application.awaitMore(100);
  }

  @AfterEach
  void close() {
    application.close();
    provider.close();
  }

  @Test
  void noCallFailsWhileKeysChange() {
    assertThat(used(new Phase(0))).containsOnly("alpha", "beta");

    Phase more = reloaded(key("alpha"), key("beta"), key("gamma"));
    assertThat(used(more)).as("gamma is added").containsOnly("alpha", "beta", "gamma");

    Phase other = reloaded(key("alpha"), secret("beta", "DELTA"), key("gamma"));
    assertThat(used(other)).as("beta has a new secret").containsOnly("alpha", "delta", "gamma");

    Phase fewer = reloaded(secret("beta", "DELTA"), key("gamma"));
    assertThat(used(fewer)).as("alpha is removed").containsOnly("delta", "gamma");

    Phase limited = reloaded(secret("beta", "DELTA"), limited("gamma"));
    assertThat(received(limited, "gamma")).as("gamma is limited").isLessThanOrEqualTo(LIMIT);
    long gammas = requests("gamma");
    application.awaitMore(100);
    assertThat(requests("gamma")).as("its limit is used up").isEqualTo(gammas);

    Phase free = reloaded(secret("beta", "DELTA"), key("gamma"));
    assertThat(received(free, "gamma")).as("gamma is free again").isGreaterThan(LIMIT);

    Phase again = reloaded(key("alpha"), secret("beta", "DELTA"), key("gamma"));
    assertThat(used(again)).as("alpha is back").containsOnly("alpha", "delta", "gamma");

    Words seen = application.stop();
    int calls = seen.number("ok", 0);
    assertThat(provider.requests()).as("calls that succeeded, of %s", seen).hasSize(calls);
    assertThat(seen.toString()).as("nothing else").matches("next=\\d+ longest=\\d+ ok=" + calls);

    Counted counted = application.counted(calls);
    assertThat(counted.of("site", "FAILURE")).isZero();
    // counts go on by the name of the key, whatever happens to it
    assertThat(counted.of("key", "api/alpha", "CALLS")).isEqualTo(requests("alpha"));
    assertThat(counted.of("key", "api/beta", "CALLS"))
        .isEqualTo(requests("beta") + requests("delta"));
    assertThat(counted.of("key", "api/gamma", "CALLS")).isEqualTo(requests("gamma"));
    assertThat(application.end().err()).doesNotContain("a fault inside Rotor");
  }

  /** Reloads, and lets many calls begin after it is in effect. */
  private Phase reloaded(String... keys) {
    application.reload(yaml(keys));
    Phase phase = new Phase(application.told().number("next", -1));
    application.awaitMore(150);
    return phase;
  }

  /** With which secrets the calls of a phase came. */
  private List<String> used(Phase phase) {
    return provider.requests().stream().filter(phase::has).map(ReceivedRequest::key).toList();
  }

  private long received(Phase phase, String key) {
    return used(phase).stream().filter(key::equals).count();
  }

  private long requests(String key) {
    return provider.counts(key).requests();
  }

  private String yaml(String... keys) {
    return API.replace("<url>", provider.url()).replace("<keys>", String.join(", ", keys));
  }

  private static String key(String name) {
    return secret(name, name.toUpperCase(Locale.ROOT));
  }

  private static String secret(String name, String variable) {
    return "{name: %s, secret: \"${KEY_%s}\"}".formatted(name, variable);
  }

  private static String limited(String name) {
    return key(name).replace("}\"}", "}\", limits: {requests: " + LIMIT + "/1h}}");
  }
}
