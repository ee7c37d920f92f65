package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rotor.it.harness.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Scenarios times clients, all in one application, under one configuration. */
final class Table {

  private final List<Scenario> scenarios = new ArrayList<>();

  /** A scenario for every client, with an API of the profile {@code generic-bearer}. */
  Table row(String name, String api, Scenario.Body body) {
    return row(Scenario.of(name, api, body));
  }

  Table row(Scenario scenario) {
    scenarios.add(scenario);
    return this;
  }

  /** Starts the application and makes the tests. */
  Stream<DynamicNode> run() {
    List<Case> all = new ArrayList<>();
    List<DynamicNode> nodes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      List<DynamicTest> tests = new ArrayList<>();
      for (Way way : scenario.ways()) {
        Case one = new Case(scenario, way, "api-" + all.size());
        all.add(one);
        tests.add(dynamicTest(way.toString(), () -> scenario.body().run(one)));
      }
      nodes.add(dynamicContainer(scenario.name(), tests));
    }
    Application application = Application.start(yaml(all));
    all.forEach(it -> it.begin(application));
    nodes.add(dynamicTest("no fault and no secret was printed", () -> check(application.end())));
    return nodes.stream()
        .onClose(
            () -> {
              all.forEach(Case::close);
              application.close();
            });
  }

  private static String yaml(List<Case> all) {
    String binds = all.stream().map(Case::binds).collect(Collectors.joining());
    return Apis.DEFAULTS
        + "apis:\n"
        + all.stream().map(Case::yaml).collect(Collectors.joining())
        + (binds.isBlank() ? "" : "bind:\n" + binds);
  }

  private static void check(Outcome outcome) {
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).doesNotContain("a fault inside Rotor").doesNotContain("\tat ");
  }
}
