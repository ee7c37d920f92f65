package dev.rotor.it;

import com.example.it.BoundByPattern;
import com.example.it.CachedMethods;
import com.example.it.Failures;
import com.example.it.LimitedMethods;
import dev.rotor.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What caches, limits, patterns and failures come to at method sites. */
class PoliciesIT {

  @TestFactory
  Stream<DynamicNode> policiesDoWhatTheyPromise() {
    return Scenarios.run(
        PetConfig.child(),
        CachedMethods.class,
        LimitedMethods.class,
        BoundByPattern.class,
        Failures.class);
  }
}
