package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.HttpProgram;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Java;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Application;
import dev.rotor.it.http.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Every scenario with every client of one stack, in a JVM of its own. */
final class StackRun implements Callable<List<Cell>> {

  private final Stack stack;
  private final List<Row> rows;

  StackRun(Stack stack, List<Row> rows) {
    this.stack = stack;
    this.rows = rows;
  }

  @Override
  public List<Cell> call() {
    List<Trial> trials = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    try {
      for (Column column : Column.of(stack)) {
        for (Row row : rows) {
          if (!row.exceptions().containsKey(column)) {
            trials.add(new Trial(row, column, "api-" + trials.size()));
          }
        }
      }
      run(trials, cells);
    } finally {
      trials.forEach(Trial::close);
    }
    return cells;
  }

  private void run(List<Trial> trials, List<Cell> cells) {
    Application application = start(trials);
    try {
      for (Trial trial : trials) {
        Throwable failure = run(trial, application);
        cells.add(new Cell(trial.row().name(), trial.column(), failure));
        if (failure != null && String.valueOf(failure.getMessage()).contains("did not come")) {
          // it still does what it was told; another one goes on
          application.close();
          application = start(trials);
        }
      }
      cells.add(new Cell(Cell.CLEAN, trials.get(0).column(), check(application)));
    } finally {
      application.close();
    }
  }

  private static Throwable run(Trial trial, Application application) {
    try {
      trial.run(application);
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private static Throwable check(Application application) {
    try {
      Outcome outcome = application.end();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.err()).doesNotContain("a fault inside Rotor");
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private Application start(List<Trial> trials) {
    Java java = stack.java();
    ChildJvm child =
        ChildJvm.running(HttpProgram.class)
            .java(java)
            .classPath(stack.jars().toArray(Path[]::new))
            // it lives for seconds
            .option("-XX:TieredStopAtLevel=1")
            .property("javax.net.ssl.trustStore", Application.tls().store().toString())
            .property("javax.net.ssl.trustStorePassword", Application.tls().password())
            .property("rotor.log", "debug")
            .keys(Keys.all())
            .config(
                Apis.DEFAULTS
                    + "apis:\n"
                    + trials.stream().map(Trial::yaml).collect(Collectors.joining()));
    return Application.start(child);
  }
}
