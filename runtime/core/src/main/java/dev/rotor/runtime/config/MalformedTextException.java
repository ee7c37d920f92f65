package dev.rotor.runtime.config;

/**
 * A text that cannot be read as what it should be. The problem is told apart from the text, because
 * a text that came out of a variable may be a secret and must not be shown.
 */
final class MalformedTextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String problem;
  private final boolean quotable;

  /** The problem continues a sentence that starts with the text, and does not quote any of it. */
  MalformedTextException(String text, String problem) {
    super("`" + text + "` " + problem);
    this.problem = problem;
    this.quotable = true;
  }

  /** The text itself may be a secret and is quoted nowhere. */
  static MalformedTextException unquoted(String problem) {
    return new MalformedTextException(problem);
  }

  private MalformedTextException(String problem) {
    super("the value " + problem);
    this.problem = problem;
    this.quotable = false;
  }

  String problem() {
    return problem;
  }

  boolean isQuotable() {
    return quotable;
  }
}
