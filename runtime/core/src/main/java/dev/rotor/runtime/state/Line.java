package dev.rotor.runtime.state;

/**
 * One amount that a page counts.
 *
 * @param name of this line within its page; what is counted stays with it
 * @param limit above zero, or 0: none may be used at all
 */
public record Line(String name, Measure measure, Spans spans, long limit) {
  public Line {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is not below zero: " + limit);
    }
  }
}
