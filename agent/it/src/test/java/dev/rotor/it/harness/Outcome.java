package dev.rotor.it.harness;

import java.util.List;

/** What a child JVM came to. No secret of a test's keys is in it; that was checked. */
public record Outcome(int exitCode, String out, String err) {

  /** The lines of standard error that Rotor wrote, and those that follow up on them. */
  public List<String> rotorLines() {
    return err.lines().filter(line -> line.startsWith("[rotor]") || line.startsWith("  ")).toList();
  }

  /** Standard output, line by line. */
  public List<String> outLines() {
    return out.lines().toList();
  }

  @Override
  public String toString() {
    return "exit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err + "---";
  }
}
