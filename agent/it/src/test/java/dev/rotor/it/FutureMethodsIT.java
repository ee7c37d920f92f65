package dev.rotor.it;

import com.example.it.Cancelling;
import com.example.it.FutureMethods;
import dev.rotor.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Methods that return futures: attempts, waits and cancelling. */
class FutureMethodsIT {

  @TestFactory
  Stream<DynamicNode> futuresRotateWithoutBlocking() {
    return Scenarios.run(PetConfig.child(), FutureMethods.class, Cancelling.class);
  }
}
