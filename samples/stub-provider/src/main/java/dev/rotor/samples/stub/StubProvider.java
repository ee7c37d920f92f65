package dev.rotor.samples.stub;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A provider on the loopback interface that answers as OpenAI does. Thread-safe.
 *
 * <pre>{@code
 * try (StubProvider provider =
 *     StubProvider.builder().key("a", "sk-test-0001", "30/10s").start()) {
 *   ... provider.url() ...
 *   assertThat(provider.counts("a").rateLimited()).isZero();
 * }
 * }</pre>
 *
 * <p>Besides OpenAI's paths, {@code /rates/NAME} and {@code /echo/...} are answered to those who
 * bring an accepted key, and {@code /redirect?to=URL&status=307} to everybody.
 */
public final class StubProvider implements AutoCloseable {
  private final String scheme;
  private final HttpListener listener;
  private final KeyRing keys;
  private final FaultPlan faults;
  private final Script script = new Script();
  private final Journal journal = new Journal();

  StubProvider(StubProviderBuilder settings) throws IOException {
    this.scheme = settings.tls == null ? "http" : "https";
    this.keys = new KeyRing(settings.keys, settings.sliding, settings.perModel);
    this.faults = settings.faultPlan();
    Provider provider =
        new Provider(keys, faults, script, journal, settings.clock, settings.streamGap);
    this.listener = new HttpListener(settings.port, settings.tls, new ControlApi(this, provider));
  }

  /** A provider without keys, limits or faults, on any free port. */
  public static StubProviderBuilder builder() {
    return new StubProviderBuilder();
  }

  void start() {
    listener.start();
  }

  /** Where it listens, without a path or a slash at the end. */
  public String url() {
    return scheme + "://127.0.0.1:" + port();
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** How many connections were accepted since the start. */
  public int connections() {
    return listener.accepted();
  }

  /** What was received, by key name; keys that sent something or are accepted. */
  public Map<String, KeyCounts> counts() {
    Map<String, KeyCounts> counts = new LinkedHashMap<>();
    keys.names().forEach(name -> counts.put(name, KeyCounts.NONE));
    counts.putAll(journal.counts());
    return counts;
  }

  /** What was received with one key, by its name. */
  public KeyCounts counts(String key) {
    return counts().getOrDefault(key, KeyCounts.NONE);
  }

  /** The requests received since the start or the last reset, in order; the latest 20,000. */
  public List<ReceivedRequest> requests() {
    return journal.requests();
  }

  /**
   * Blocks until there is a request like this, such as one that was {@link ReceivedRequest#aborted
   * aborted}.
   *
   * @throws AssertionError if there is none in time
   * @throws InterruptedException if interrupted while waiting
   */
  public ReceivedRequest await(Predicate<ReceivedRequest> wanted, Duration atMost)
      throws InterruptedException {
    return journal.await(wanted, atMost);
  }

  /**
   * Answers the next request that no other scripted answer is for with this; with the header {@code
   * content-encoding: gzip} the body is compressed.
   */
  public void next(int status, Map<String, String> headers, String body) {
    script.add(scripted(status, headers, body));
  }

  /** Answers the next request of a key with this; {@code none} is the key of those without. */
  public void nextFor(String key, int status, Map<String, String> headers, String body) {
    script.add(key, scripted(status, headers, body));
  }

  /** Answers the next request that no other scripted answer is for with a stream. */
  public ScriptedStream nextStream() {
    ScriptedStream stream = new ScriptedStream();
    script.add(Answer.stream(stream));
    return stream;
  }

  private static Answer scripted(int status, Map<String, String> headers, String body) {
    Answer answer = Answer.json(status, body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    return answer;
  }

  /** Lets the request of this number, as in {@link ReceivedRequest#number}, meet a fault. */
  public void faultAt(long number, Fault fault) {
    faults.at(number, fault);
  }

  /** Answers 401 to this key from now on. */
  public void disable(String key) {
    keys.named(key).disable(true);
  }

  /** Accepts this key again. */
  public void enable(String key) {
    keys.named(key).disable(false);
  }

  /** Forgets requests, counts, scripted answers, uses of limits and quotas; enables all keys. */
  public void reset() {
    journal.reset();
    script.clear();
    keys.reset();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    listener.close();
  }
}
