package dev.rotor.it.stacks;

import java.util.List;
import java.util.stream.Stream;

/** The suite. */
final class Scenarios {

  private Scenarios() {}

  static List<Row> all() {
    return Stream.of(
            KeyScenarios.rows(),
            WaitScenarios.rows(),
            PlaceScenarios.rows(),
            BodyScenarios.rows(),
            StreamScenarios.rows(),
            EndScenarios.rows(),
            ConnectionScenarios.rows())
        .flatMap(List::stream)
        .toList();
  }
}
