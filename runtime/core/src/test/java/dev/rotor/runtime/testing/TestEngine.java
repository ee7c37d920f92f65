package dev.rotor.runtime.testing;

import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.key.Key;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An engine in a time of its own, without jitter unless a test asks for it. */
public final class TestEngine {

  private final FakeClock clock = new FakeClock();
  private final FakeTime time = new FakeTime(clock);
  private final Rotor rotor;
  private double random = 1;

  public TestEngine(String yaml) {
    rotor = new Rotor(Yaml.settings(yaml), clock, time, time, () -> random);
  }

  public FakeClock clock() {
    return clock;
  }

  public FakeTime time() {
    return time;
  }

  public Rotor rotor() {
    return rotor;
  }

  public Interception interception() {
    return rotor.interception();
  }

  /** What all random numbers are from now on; 1 gives the whole back-off. */
  public void random(double value) {
    random = value;
  }

  public List<Duration> pauses() {
    return time.pauses();
  }

  public Api api(String name) {
    return rotor.apis().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  public Key key(String name) {
    return rotor.apis().stream()
        .flatMap(it -> it.keys().keys().stream())
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Begins a call of a site that has a plan. */
  public Call begin(Site site, @Nullable Object... arguments) {
    return Objects.requireNonNull(interception().begin(site, null, arguments));
  }

  /** A method of API {@code a} whose argument is the key. */
  public TestSite keyed() {
    return site("keyed", Plan.rotating(api("a"), true));
  }

  /** A method of API {@code a} that is to send its requests through a client. */
  public TestSite unkeyed() {
    return site("unkeyed", Plan.rotating(api("a"), false));
  }

  public TestSite site(String name, @Nullable Plan plan) {
    return new TestSite(name, true, clock, plan);
  }

  /** The same with a monitor held. */
  public TestSite synchronizedSite(@Nullable Plan plan) {
    return new TestSite("synchronized", false, clock, plan);
  }
}
