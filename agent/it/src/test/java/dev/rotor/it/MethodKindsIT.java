package dev.rotor.it;

import com.example.it.AnnotationPlaces;
import com.example.it.MethodKinds;
import com.example.it.Signatures;
import dev.rotor.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Kinds of methods: where the annotation stands, what the method is, what it takes and returns. */
class MethodKindsIT {

  @TestFactory
  Stream<DynamicNode> methodsOfEveryKindRotate() {
    return Scenarios.run(
        PetConfig.child(), AnnotationPlaces.class, MethodKinds.class, Signatures.class);
  }
}
