package dev.rotor.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.Fault;
import dev.rotor.samples.stub.KeyCounts;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import dev.rotor.samples.stub.StubProviderBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many threads over many keys of a provider that refuses, fails, resets and stalls: every call ends
 * in time, and nothing is lost from what is counted.
 */
class LoadIT {

  private static final int THREADS = 64;
  private static final int CALLS = 100 * THREADS;

  /** Of one attempt: long enough for a busy machine to answer all but the stalled requests. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** For threads to get their turn on a busy machine, and their answer read. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static final Duration FOR_EVER = Duration.ofMinutes(10);
  private static final List<TestKey> KEYS =
      IntStream.rangeClosed(1, 20).mapToObj(it -> TestKey.of("k" + it)).toList();

  /**
   * Nothing that a call may need runs out, so that it is known of each what it must have done. The
   * idempotency key makes its POSTs safe to retry.
   */
  private static final String AMPLE =
      """
      profile: generic-bearer
      idempotency-header: Idempotency-Key
      strategy: weighted
      cooldown: 200ms
      deadline: 20s
      wait: {max: 10s, callers: 100}
      rotate: {max: 1000}
      retry: {max: 3, backoff: 5ms, max-backoff: 50ms, budget: 100%}
      """;

  /** Everything does, and what the provider tells of its limits is not read. */
  private static final String TIGHT =
      """
      profile:
        extends: generic-bearer
        remaining: [{limit: x-none-limit, remaining: x-none-remaining, reset: x-none-reset}]
      idempotency-header: Idempotency-Key
      strategy: round-robin
      cooldown: 200ms
      deadline: 1s
      wait: {max: 100ms, callers: 30}
      rotate: {max: 3}
      retry: {max: 1, backoff: 5ms, max-backoff: 50ms, budget: 20%}
      """;

  private StubProvider provider;
  private Words seen;
  private Counted counted;

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void allIsCountedWhereEveryCallHasAllItNeeds() {
    run(AMPLE, 11, "40/500ms");
    assertEndedWithin(Duration.ofSeconds(20));
    assertCountsAgree();

    Collection<List<ReceivedRequest>> calls = attempts();
    // each 429 is followed by a rotation, as neither deadline nor rotate.max is reached
    assertThat(counted.of("site", "ROTATION")).isEqualTo(provider(KeyCounts::rateLimited));
    // each failure by a retry, for as long as there are any left
    assertThat(counted.of("site", "RETRY"))
        .isEqualTo(calls.stream().mapToLong(it -> Math.min(3, failures(it))).sum());
    // a rotation or retry is an attempt more, unless no key came in time
    long inVain = calls.stream().filter(it -> !last(it, 200) && failures(it) <= 3).count();
    assertThat(counted.of("key", "CALLS"))
        .isEqualTo(
            counted.of("site", "CALLS")
                + counted.of("site", "ROTATION")
                + counted.of("site", "RETRY")
                - inVain);
    assertThat(seen.number("ok", 0)).isGreaterThan(CALLS * 99 / 100);
  }

  @Test
  void allIsCountedWhereEverythingRunsOut() {
    run(TIGHT, 12, "20/500ms");
    assertEndedWithin(Duration.ofSeconds(1));
    assertCountsAgree();

    // at the deadline, and with rotate.max or the retry budget used up, nothing follows
    assertThat(counted.of("site", "ROTATION"))
        .isLessThanOrEqualTo(provider(KeyCounts::rateLimited));
    assertThat(counted.of("site", "RETRY"))
        .isLessThanOrEqualTo(attempts().stream().mapToLong(it -> Math.min(1, failures(it))).sum());
    assertThat(counted.of("key", "CALLS"))
        .isLessThanOrEqualTo(
            counted.of("site", "CALLS")
                + counted.of("site", "ROTATION")
                + counted.of("site", "RETRY"));
    assertThat(seen.number("refused", 0)).isPositive();
    assertThat(seen.number("429", 0)).isPositive();
    assertThat(seen.number("timeout", 0)).isPositive();
  }

  private void run(String api, long seed, String rate) {
    StubProviderBuilder builder = StubProvider.builder().seed(seed);
    KEYS.forEach(key -> builder.key(key.name(), key.secret(), rate));
    provider =
        builder
            .fault(Fault.status(429), 0.02)
            .fault(Fault.status(503), 0.03)
            .fault(Fault.reset(), 0.02)
            .fault(Fault.slow(FOR_EVER), 0.004)
            .start();
    try (LoadedApplication application = new LoadedApplication(yaml(api), KEYS)) {
      application.start(
          new Words()
              .with("url", provider.url() + "/echo")
              .with("ways", "jdk-send,jdk-async,okhttp")
              .with("threads", THREADS)
              .with("calls", CALLS)
              .with("timeout", TIMEOUT.toMillis())
              .with("pause", 20));
      seen = application.join();
      counted = application.counted(CALLS);
      assertThat(application.end().err()).doesNotContain("a fault inside Rotor");
    }
  }

  private String yaml(String api) {
    String keys =
        KEYS.stream()
            .map(it -> "{name: %s, secret: \"${%s}\"}".formatted(it.name(), it.variable()))
            .collect(Collectors.joining(", "));
    return "apis:\n  api:\n"
        + (api + "base-url: " + provider.url() + "\nkeys: [" + keys + "]\n").indent(4);
  }

  /** No attempt begins after the deadline, and each has its own time-out. */
  private void assertEndedWithin(Duration deadline) {
    assertThat(Duration.ofMillis(seen.number("longest", -1)))
        .isLessThanOrEqualTo(deadline.plus(TIMEOUT).plus(SLACK));
  }

  /**
   * What holds whatever happens. Here, an exchange of the application's is a call, and an attempt a
   * request, as neither client sends anything twice and nothing is redirected.
   */
  private void assertCountsAgree() {
    long failed = 0;
    for (String kind : List.of("429", "503", "timeout", "network")) {
      failed += seen.number(kind, 0);
    }
    long ok = seen.number("ok", 0);
    long refused = seen.number("refused", 0);
    assertThat(ok + refused + failed).as("calls that ended: %s", seen).isEqualTo(CALLS);

    // a call is counted at its site and API if it made an attempt, else it is refused; refused it
    // is only before its first attempt, and after that it ends with what the last one came to
    assertThat(counted.of("site", "CALLS")).isEqualTo(ok + failed);
    assertThat(counted.of("site", "REFUSAL")).isEqualTo(refused);
    assertThat(counted.of("api", "CALLS")).isEqualTo(ok + failed);
    // it has failed if its last attempt has
    assertThat(counted.of("site", "FAILURE")).isEqualTo(failed);
    assertThat(counted.of("site", "UNTOUCHED")).isZero();

    // each attempt is counted at its key when it ends, once, and as a failure if the service is to
    // blame (5xx, reset, time-out), as rate-limited if the key is; so say the provider's counts,
    // whose `other` are those it did not answer: reset, or stalled until the client left
    for (TestKey key : KEYS) {
      KeyCounts received = provider.counts(key.name());
      String name = "api/" + key.name();
      assertThat(counted.of("key", name, "CALLS")).as(name).isEqualTo(received.requests());
      assertThat(counted.of("key", name, "RATE_LIMITED"))
          .as(name)
          .isEqualTo(received.rateLimited());
      assertThat(counted.of("key", name, "FAILURE"))
          .as(name)
          .isEqualTo(received.serverErrors() + received.other());
    }
    assertThat(provider.counts().keySet()).as("requests without a key").hasSize(KEYS.size());

    // a successful attempt ends its call
    assertThat(provider(KeyCounts::ok)).isEqualTo(ok);
    // each call that made an attempt was received
    assertThat(attempts()).hasSize((int) (ok + failed));

    // and all that was to happen has happened
    assertThat(provider(KeyCounts::rateLimited)).isPositive();
    assertThat(provider(KeyCounts::serverErrors)).isPositive();
    assertThat(provider(KeyCounts::other)).isPositive();
  }

  private long provider(ToLongFunction<KeyCounts> count) {
    return provider.counts().values().stream().mapToLong(count).sum();
  }

  /** The requests of each call that the provider received, in order. */
  private Collection<List<ReceivedRequest>> attempts() {
    Map<String, List<ReceivedRequest>> byCall =
        provider.requests().stream().collect(Collectors.groupingBy(it -> it.header("X-Call")));
    return byCall.values();
  }

  private static long failures(List<ReceivedRequest> attempts) {
    return attempts.stream().filter(it -> it.status() == 503 || it.status() == 0).count();
  }

  private static boolean last(List<ReceivedRequest> attempts, int status) {
    return attempts.get(attempts.size() - 1).status() == status;
  }
}
