package dev.rotor.samples.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a stub provider is to be like. Not thread-safe. */
public final class StubProviderBuilder {
  final List<StubKey> keys = new ArrayList<>();
  private final List<Consumer<FaultPlan>> faults = new ArrayList<>();
  int port;
  boolean sliding = true;
  boolean perModel;
  @Nullable SSLContext tls;
  InstantSource clock = InstantSource.system();
  Duration streamGap = Duration.ZERO;
  private long seed = 1;

  StubProviderBuilder() {}

  /** Accepts a key. */
  public StubProviderBuilder key(StubKey key) {
    keys.add(key);
    return this;
  }

  /** Accepts a key without limits. */
  public StubProviderBuilder key(String name, String secret) {
    return key(StubKey.of(secret).named(name));
  }

  /** Accepts a key with a limit of requests, such as {@code 30/10s}. */
  public StubProviderBuilder key(String name, String secret, String rate) {
    return key(StubKey.of(secret).named(name).limited(rate));
  }

  /** Accepts keys in the form of {@link StubKey#parse}, with commas between them. */
  public StubProviderBuilder keys(String text) {
    for (String one : text.split(",", -1)) {
      key(StubKey.parse(one.strip()));
    }
    return this;
  }

  /** Lets this share of the requests, from 0 to 1, meet a fault. */
  public StubProviderBuilder fault(Fault fault, double probability) {
    faults.add(plan -> plan.add(fault, probability));
    return this;
  }

  /** Lets the request of this number meet a fault; the first is 1. */
  public StubProviderBuilder faultAt(long number, Fault fault) {
    faults.add(plan -> plan.at(number, fault));
    return this;
  }

  /**
   * Adds faults such as {@code 503=2%,reset@12,slow=5%:200ms}; also {@code cut}, {@code garbage}.
   */
  public StubProviderBuilder faults(String text) {
    faults.add(plan -> plan.add(text));
    return this;
  }

  /** Makes faults by chance repeatable; 1 unless set. */
  public StubProviderBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Counts limits in windows that begin with a request and end at once, instead of sliding ones.
   */
  public StubProviderBuilder fixedWindow() {
    sliding = false;
    return this;
  }

  /** Counts the limits of each model on their own. */
  public StubProviderBuilder limitsPerModel() {
    perModel = true;
    return this;
  }

  /** Waits so long after each event of a stream; not at all unless set. */
  public StubProviderBuilder streamGap(Duration gap) {
    streamGap = gap;
    return this;
  }

  /** Listens on this port; any free one unless set. */
  public StubProviderBuilder port(int newPort) {
    port = newPort;
    return this;
  }

  /** Speaks HTTPS with this context's key. */
  public StubProviderBuilder https(SSLContext context) {
    tls = context;
    return this;
  }

  /** Tells the time by this clock for limits; the system's unless set. */
  public StubProviderBuilder clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  /**
   * Starts the provider, which accepts connections from then on.
   *
   * @throws UncheckedIOException if it cannot listen on its port
   * @throws IllegalArgumentException if two keys have one name or one secret, or a fault is unknown
   */
  public StubProvider start() {
    try {
      StubProvider provider = new StubProvider(this);
      provider.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  FaultPlan faultPlan() {
    FaultPlan plan = new FaultPlan(seed);
    faults.forEach(fault -> fault.accept(plan));
    return plan;
  }
}
