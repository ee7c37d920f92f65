package dev.rotor.it.otel;

import com.example.it.http.Words;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One request of the application, which Rotor sends three times: 429, 429, 200. */
final class TracedCase implements AutoCloseable {

  static final List<TestKey> KEYS = List.of(Keys.ALPHA, Keys.BETA, Keys.GAMMA);

  private static final String IN_QUERY = "{extends: generic-query, key: {query: key}}";

  private final String client;
  private final boolean withinSpan;
  private final String profile;
  private final StubProvider provider;
  private List<ExportedSpan> all = List.of();
  private Words seen = new Words();

  private TracedCase(String client, boolean withinSpan, String profile) {
    this.client = client;
    this.withinSpan = withinSpan;
    this.profile = profile;
    this.provider = Keys.provider();
    provider.next(429, Map.of("retry-after", "30"), "{}");
    provider.next(429, Map.of("retry-after", "30"), "{}");
  }

  /** A request whose key is in a header. */
  static TracedCase of(String client, boolean withinSpan) {
    return new TracedCase(client, withinSpan, "generic-bearer");
  }

  /** A request whose key is in the query. */
  static TracedCase ofQuery(String client) {
    return new TracedCase(client, false, IN_QUERY);
  }

  String id() {
    return client + (withinSpan ? "-within" : "-alone");
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("  ")
        .append(id())
        .append(":\n    profile: ")
        .append(profile)
        .append("\n    strategy: priority\n");
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
    String query = profile.equals(IN_QUERY) ? "?key=rotor" : "";
    words.with("url", provider.url() + "/echo/" + id() + query);
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
        .filter(span -> span.isTo("/echo/" + id()))
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
