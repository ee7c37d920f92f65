package dev.rotor.runtime.config;

/** A line, from 1, of a file: {@code rotor.yaml:7}. */
record Place(Source source, int line) {
  @Override
  public String toString() {
    return source.label() + ":" + line;
  }
}
