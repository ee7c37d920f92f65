package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every scenario with every client, and one request with the oldest versions. {@code
 * -Drotor.it.stacks=OKHTTP_4,JDK} runs some stacks only, {@code -Drotor.it.rows=TEXT} some
 * scenarios only, without a look at the table; {@code -Drotor.it.table=write} writes the table into
 * the page.
 */
class StacksIT {

  private static final Path PAGE =
      Path.of(System.getProperty("rotor.it.page", "../../docs/http-clients.md"));
  private static final Path TABLE = Path.of("target", "http-clients-table.md");

  /** A child that starts takes a processor for itself. */
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final boolean WRITES = "write".equals(System.getProperty("rotor.it.table"));
  private static final String STACKS = System.getProperty("rotor.it.stacks", "");
  private static final String ROWS = System.getProperty("rotor.it.rows", "");

  private final ClientTable expected = ClientTable.committed(PAGE);

  @TestFactory
  Stream<DynamicNode> everyScenarioWithEveryClient() {
    List<Row> rows = named(Scenarios.all());
    Map<Stack, Future<List<Cell>>> runs = start(rows);
    List<DynamicNode> nodes = new ArrayList<>();
    runs.forEach(
        (stack, run) ->
            nodes.add(dynamicContainer(stack.title(), tests(stack, rows, run).stream())));
    if (STACKS.isEmpty() && ROWS.isEmpty()) {
      nodes.add(dynamicTest("the table in " + PAGE.getFileName(), () -> compare(rows, runs)));
    }
    return nodes.stream();
  }

  private static List<Row> named(List<Row> rows) {
    return rows.stream().filter(it -> it.name().contains(ROWS)).toList();
  }

  private static Map<Stack, Future<List<Cell>>> start(List<Row> rows) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    Map<Stack, Future<List<Cell>>> runs = new LinkedHashMap<>();
    for (Stack stack : Stack.values()) {
      boolean wanted = STACKS.isEmpty() || Arrays.asList(STACKS.split(",")).contains(stack.name());
      if (wanted && stack.java() != null && !rows(stack, rows).isEmpty()) {
        runs.put(stack, threads.submit(new StackRun(stack, rows(stack, rows))));
      }
    }
    threads.shutdown();
    return runs;
  }

  private static List<Row> rows(Stack stack, List<Row> rows) {
    return stack.isInTable() ? rows : named(Scenarios.ofOldest());
  }

  private List<DynamicTest> tests(Stack stack, List<Row> rows, Future<List<Cell>> run) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Column column : Column.of(stack)) {
      for (Row row : rows(stack, rows)) {
        String reason = row.exceptions().get(column);
        tests.add(
            dynamicTest(
                column.title() + ": " + row.name(),
                () -> {
                  if (reason != null) {
                    abort(reason);
                  }
                  check(run, row.name(), column);
                }));
      }
    }
    Column first = Column.of(stack).get(0);
    tests.add(dynamicTest(Cell.CLEAN, () -> check(run, Cell.CLEAN, first)));
    return tests;
  }

  private void check(Future<List<Cell>> run, String row, Column column) throws Throwable {
    for (Cell cell : cells(run)) {
      if (cell.row().equals(row) && cell.column() == column && cell.failure() != null) {
        if (expected.isKnownToFail(row, column)) {
          abort("the page says so: " + cell.failure());
        }
        throw cell.failure();
      }
    }
  }

  private static List<Cell> cells(Future<List<Cell>> run) throws Throwable {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** Without a Java 25, its column stays as the page has it. */
  private void compare(List<Row> rows, Map<Stack, Future<List<Cell>>> runs) throws Throwable {
    List<Cell> cells = new ArrayList<>();
    for (Future<List<Cell>> run : runs.values()) {
      cells.addAll(cells(run));
    }
    ClientTable made = expected.with(rows, cells);
    made.writeTo(TABLE);
    if (WRITES) {
      made.writeInto(PAGE);
    }
    assertThat(ClientTable.committed(PAGE).lines())
        .as(
            "the table in %s; write it with -Drotor.it.table=write and look at the difference",
            PAGE)
        .isEqualTo(made.lines());
  }
}
