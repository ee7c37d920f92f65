package dev.rotor.it.stacks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of {@code docs/http-clients.md}: what is expected of a run, and what a run came to.
 *
 * @param lines between the two marks
 */
record ClientTable(List<String> lines) {

  private static final String BEGIN = "<!-- made by StacksIT: begin -->";
  private static final String END = "<!-- made by StacksIT: end -->";
  private static final String PASSED = "yes";
  private static final String FAILED = "no";
  private static final String NOT_RUN = "?";

  /** The one that is written down. */
  static ClientTable committed(Path page) {
    List<String> all = read(page);
    int begin = all.indexOf(BEGIN);
    int end = all.indexOf(END);
    return new ClientTable(
        begin < 0 || end < begin ? List.of() : List.copyOf(all.subList(begin + 1, end)));
  }

  /** The one that a run made, which knows of columns that could not run what this one says. */
  ClientTable with(List<Row> rows, List<Cell> cells) {
    Map<String, String> made = new HashMap<>();
    cells.forEach(it -> made.put(it.row() + it.column(), it.failure() == null ? PASSED : FAILED));
    Set<Column> ran = cells.stream().map(Cell::column).collect(Collectors.toSet());
    List<String> lines = new ArrayList<>();
    List<Column> columns = Column.ofTable();
    lines.add("");
    lines.add("| | stack |");
    lines.add("|---|---|");
    for (Column column : columns) {
      lines.add("| " + letter(column) + " | " + column.title() + " |");
    }
    lines.add("");
    lines.add(line("scenario", columns.stream().map(ClientTable::letter)));
    lines.add("|---|" + "---|".repeat(columns.size()));
    List<String> notes = new ArrayList<>();
    for (Row row : rows) {
      lines.add(
          line(
              row.name(),
              columns.stream()
                  .map(
                      column -> {
                        String reason = row.exceptions().get(column);
                        if (reason != null) {
                          return note(notes, reason);
                        }
                        return ran.contains(column)
                            ? made.getOrDefault(row.name() + column, FAILED)
                            : cell(row.name(), column);
                      })));
    }
    lines.add("");
    for (int i = 0; i < notes.size(); i++) {
      lines.add((i + 1) + ". " + notes.get(i) + ".");
    }
    lines.add("");
    return new ClientTable(lines);
  }

  private static String note(List<String> notes, String reason) {
    if (!notes.contains(reason)) {
      notes.add(reason);
    }
    return "- (" + (notes.indexOf(reason) + 1) + ")";
  }

  private static String line(String head, Stream<String> cells) {
    return "| " + head + " | " + cells.collect(joining(" | ")) + " |";
  }

  private static int index(Column column) {
    return Column.ofTable().indexOf(column);
  }

  static String letter(Column column) {
    return Character.toString('A' + index(column));
  }

  /** Whether it says that a cell fails. */
  boolean isKnownToFail(String row, Column column) {
    return cell(row, column).equals(FAILED);
  }

  /** What stands in a cell. */
  private String cell(String row, Column column) {
    return lines.stream()
        .filter(it -> it.startsWith("| " + row + " | "))
        .map(it -> it.substring(row.length() + 5).split(" \\| ", -1))
        .filter(it -> index(column) < it.length)
        .map(it -> it[index(column)].replace("|", "").strip())
        .findFirst()
        .orElse(NOT_RUN);
  }

  /** Writes it between the marks of the page. */
  void writeInto(Path page) {
    List<String> all = read(page);
    List<String> now = new ArrayList<>(all.subList(0, all.indexOf(BEGIN) + 1));
    now.addAll(lines);
    now.addAll(all.subList(all.indexOf(END), all.size()));
    write(page, now);
  }

  void writeTo(Path file) {
    write(file, lines);
  }

  private static List<String> read(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
