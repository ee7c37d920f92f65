package dev.rotor.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.ScenarioRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Runs scenario classes, all in one child JVM, and makes a test of each scenario. */
public final class Scenarios {

  private static final String PASS = "PASS ";
  private static final String FAIL = "FAIL ";

  private Scenarios() {}

  /** A child that is ready for {@link #run}. */
  public static ChildJvm child() {
    return ChildJvm.running(ScenarioRunner.class).classPath(ChildJvm.location(Assertions.class));
  }

  /**
   * Runs every scenario of these classes in the child, in which Rotor must find no fault of its
   * own.
   */
  public static Stream<DynamicNode> run(ChildJvm child, Class<?>... scenarios) {
    return run(
        child,
        outcome ->
            assertThat(outcome.err())
                .doesNotContain("a fault inside Rotor")
                .doesNotContain("cannot be woven"),
        scenarios);
  }

  /** Runs every scenario of these classes in the child, and looks at the child's output. */
  public static Stream<DynamicNode> run(
      ChildJvm child, Consumer<Outcome> output, Class<?>... scenarios) {
    for (Class<?> type : scenarios) {
      child.arguments(type.getName());
    }
    Outcome outcome = child.run();
    List<DynamicNode> all = new ArrayList<>();
    for (Class<?> type : scenarios) {
      all.add(
          DynamicContainer.dynamicContainer(type.getSimpleName(), tests(type.getName(), outcome)));
    }
    all.add(
        DynamicTest.dynamicTest(
            "the child JVM ends well",
            () -> {
              assertThat(outcome.exitCode()).as("%s", outcome).isZero();
              output.accept(outcome);
            }));
    return all.stream();
  }

  private static List<DynamicTest> tests(String type, Outcome outcome) {
    List<DynamicTest> tests = new ArrayList<>();
    String owner = type + "#";
    for (String line : outcome.outLines()) {
      if (line.startsWith(PASS + owner)) {
        tests.add(DynamicTest.dynamicTest(line.substring((PASS + owner).length()), () -> {}));
      } else if (line.startsWith(FAIL + owner)) {
        String rest = line.substring((FAIL + owner).length());
        String name = rest.substring(0, rest.indexOf(':'));
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () -> {
                  throw new AssertionError(rest + "\n" + outcome);
                }));
      }
    }
    if (tests.isEmpty()) {
      tests.add(
          DynamicTest.dynamicTest(
              "has results",
              () -> {
                throw new AssertionError(type + " told no result\n" + outcome);
              }));
    }
    return tests;
  }
}
