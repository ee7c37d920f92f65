package dev.rotor.runtime.state;

/**
 * A stretch of time that use is counted in.
 *
 * @param start in milliseconds of the epoch
 * @param end likewise; no longer part of it
 */
public record Span(long start, long end) {
  public Span {
    if (end <= start) {
      throw new IllegalArgumentException("a span has some length: " + start + " to " + end);
    }
  }
}
