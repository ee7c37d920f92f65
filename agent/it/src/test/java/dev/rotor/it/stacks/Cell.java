package dev.rotor.it.stacks;

/**
 * What a scenario came to with one client.
 *
 * @param failure null: it passed
 */
record Cell(String row, Column column, Throwable failure) {

  /** The row of each stack's first column that looks at all that the application printed. */
  static final String CLEAN = "no secret and no fault of Rotor's was printed";
}
