package dev.rotor.it.http;

import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import dev.rotor.samples.stub.StubProviderBuilder;
import java.util.List;
import java.util.Map;

/** The keys of all APIs in these tests, each API having its own state for them. */
public final class Keys {

  /** The first. */
  public static final TestKey ALPHA = TestKey.of("alpha");

  public static final TestKey BETA = TestKey.of("beta");
  public static final TestKey GAMMA = TestKey.of("gamma");
  public static final TestKey DELTA = TestKey.of("delta");
  public static final List<TestKey> ALL = List.of(ALPHA, BETA, GAMMA, DELTA);

  private Keys() {}

  /** A provider that accepts them all. */
  public static StubProviderBuilder accept(StubProviderBuilder provider) {
    ALL.forEach(key -> provider.key(key.name(), key.secret()));
    return provider;
  }

  /** A provider that accepts them all, started. */
  public static StubProvider provider() {
    return accept(StubProvider.builder()).start();
  }

  /** A provider that accepts them all, each at a rate. */
  public static StubProviderBuilder limited(String rate) {
    StubProviderBuilder provider = StubProvider.builder();
    ALL.forEach(key -> provider.key(key.name(), key.secret(), rate));
    return provider;
  }

  /** Whose the requests were, in order. */
  public static List<String> of(StubProvider provider) {
    return provider.requests().stream().map(ReceivedRequest::key).toList();
  }

  /** All of them, for a child. */
  public static TestKey[] all() {
    return ALL.toArray(TestKey[]::new);
  }

  /** Whether a request carries a secret of ours anywhere. */
  public static boolean areIn(ReceivedRequest request) {
    return areIn(request.query() + request.headers() + request.text());
  }

  public static boolean areIn(String text) {
    return ALL.stream().anyMatch(key -> text.contains(key.secret()));
  }

  /** As {@link ReceivedRequest#headers}, with names in place of secrets. */
  public static String masked(Map<String, List<String>> headers) {
    return masked(headers.toString());
  }

  public static String masked(String withSecrets) {
    String text = withSecrets;
    for (TestKey key : ALL) {
      text = text.replace(key.secret(), "(" + key.name() + ")");
    }
    return text;
  }
}
