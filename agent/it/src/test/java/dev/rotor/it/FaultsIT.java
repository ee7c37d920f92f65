package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.PlantedFaults;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Faults inside the engine, planted by objects of the application. */
class FaultsIT {

  @TestFactory
  Stream<DynamicNode> faultsOfRotorNeverBreakTheApplication() {
    return Scenarios.run(PetConfig.child(), FaultsIT::toldOnceForEachSite, PlantedFaults.class);
  }

  private static void toldOnceForEachSite(Outcome outcome) {
    assertThat(outcome.rotorLines())
        .filteredOn(line -> line.contains("a fault inside Rotor"))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(line -> line.startsWith("[rotor] WARN com.example.it."));
    assertThat(outcome.err()).doesNotContain("\tat ");
  }
}
