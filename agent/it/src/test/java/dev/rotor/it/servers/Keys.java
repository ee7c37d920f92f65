package dev.rotor.it.servers;

import dev.rotor.it.harness.TestKey;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;

/** The keys of all APIs in these tests. */
final class Keys {

  static final TestKey ALPHA = TestKey.of("alpha");
  static final TestKey BETA = TestKey.of("beta");
  static final TestKey GAMMA = TestKey.of("gamma");
  static final TestKey DELTA = TestKey.of("delta");

  private Keys() {}

  /** A provider that accepts them all. */
  static StubProvider provider() {
    var provider = StubProvider.builder();
    for (TestKey key : all()) {
      provider.key(key.name(), key.secret());
    }
    return provider.start();
  }

  static TestKey[] all() {
    return new TestKey[] {ALPHA, BETA, GAMMA, DELTA};
  }

  /** Whose the requests were. */
  static List<String> of(StubProvider provider) {
    return provider.requests().stream().map(ReceivedRequest::key).toList();
  }
}
