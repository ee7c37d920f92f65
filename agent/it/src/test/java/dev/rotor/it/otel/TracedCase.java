package dev.rotor.it.otel;

import com.example.it.http.Words;
import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import dev.rotor.samples.stub.StubProviderBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One request of the application, which Rotor sends three times: 429, 429, 200. */
final class TracedCase implements AutoCloseable {

  static final List<TestKey> KEYS = Stream.of("alpha", "beta", "gamma").map(TestKey::of).toList();

  private final String client;
  private final boolean withinSpan;
  private final StubProvider provider;
  private List<ExportedSpan> all = List.of();
  private Words seen = new Words();

  TracedCase(String client, boolean withinSpan) {
    this.client = client;
    this.withinSpan = withinSpan;
    StubProviderBuilder builder = StubProvider.builder();
    KEYS.forEach(key -> builder.key(key.name(), key.secret()));
    this.provider = builder.start();
    provider.next(429, Map.of("retry-after", "30"), "{}");
    provider.next(429, Map.of("retry-after", "30"), "{}");
  }

  String id() {
    return client + (withinSpan ? "-within" : "-alone");
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("  ")
        .append(id())
        .append(":\n    profile: generic-bearer\n    strategy: priority\n");
    yaml.append("    hosts: [\"127.0.0.1:").append(provider.port()).append("\"]\n    keys:\n");
    for (int i = 0; i < KEYS.size(); i++) {
      yaml.append("      - {name: ").append(KEYS.get(i).name());
      yaml.append(", secret: \"${").append(KEYS.get(i).variable());
      yaml.append("}\", priority: ").append(KEYS.size() - i).append("}\n");
    }
    return yaml.toString();
  }

  String argument() {
    Words words = new Words().with("id", id()).with("client", client);
    words.with("url", provider.url() + "/echo/" + id());
    return (withinSpan ? words.with("span", "application " + id()) : words).toString();
  }

  /** What came of it: what the application told, and the spans of everybody. */
  void ended(List<String> told, List<ExportedSpan> spans) {
    all = spans;
    seen =
        told.stream()
            .map(Words::parse)
            .filter(it -> id().equals(it.get("id")))
            .findFirst()
            .orElseThrow(() -> new AssertionError(id() + " told nothing; told was " + told));
  }

  boolean isWithinSpan() {
    return withinSpan;
  }

  Words seen() {
    return seen;
  }

  String client() {
    return client;
  }

  /** The application's own span; empty: none. */
  String parent() {
    return seen.get("span", "");
  }

  /** The client's spans, in the order of the attempts that carried their context. */
  List<ExportedSpan> spans() {
    List<String> order = traceparents();
    return all.stream()
        .filter(span -> span.url().endsWith("/echo/" + id()))
        .sorted(Comparator.comparingInt(span -> order.indexOf(span.traceparent())))
        .toList();
  }

  List<ReceivedRequest> requests() {
    return provider.requests();
  }

  /** What each attempt carried. */
  List<String> traceparents() {
    return requests().stream()
        .map(request -> String.valueOf(request.header("traceparent")))
        .toList();
  }

  @Override
  public String toString() {
    return id() + ": " + seen + "\nspans " + spans() + "\nattempts " + traceparents();
  }

  @Override
  public void close() {
    provider.close();
  }
}
