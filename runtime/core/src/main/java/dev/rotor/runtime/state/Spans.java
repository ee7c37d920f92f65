package dev.rotor.runtime.state;

/** How time is divided for counting: into spans without gap or overlap. Thread-safe. */
public interface Spans {

  /** The span that holds an instant, in milliseconds of the epoch. */
  Span at(long instant);

  /** Milliseconds that the use of a span goes on to count after the span's end. */
  long countedFor();
}
