package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.AnnotationPlaces;
import com.example.it.MethodKinds;
import com.example.it.Signatures;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Kinds of methods: where the annotation stands, what the method is, what it takes and returns. */
class MethodKindsIT {

  @TestFactory
  Stream<DynamicNode> methodsOfEveryKindRotate() {
    return Scenarios.run(
        PetConfig.child(),
        MethodKindsIT::synchronizedMethodsAreToldOnceEach,
        AnnotationPlaces.class,
        MethodKinds.class,
        Signatures.class);
  }

  private static void synchronizedMethodsAreToldOnceEach(Outcome outcome) {
    assertThat(outcome.err()).doesNotContain("a fault inside Rotor").doesNotContain("cannot be");
    assertThat(outcome.rotorLines())
        .filteredOn(line -> line.contains("is synchronized, so it rotates but never waits"))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }
}
