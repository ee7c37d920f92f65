package dev.rotor.runtime.http;

import java.util.List;
import java.util.Locale;

/**
 * What an answer's body, or an exception's message, says beside the status.
 *
 * @param codes the error codes where the profile knows where they stand, else the text itself;
 *     lower case
 * @param waitNanos the wait told in it, or {@link WaitText#UNKNOWN}
 * @param graphQl whether it is a list of GraphQL errors inside a successful answer
 */
record Clues(List<String> codes, long waitNanos, boolean graphQl) {
  static final Clues NONE = new Clues(List.of(), WaitText.UNKNOWN);

  Clues(List<String> codes, long waitNanos) {
    this(codes, waitNanos, false);
  }

  /** Whether one of a profile's words is a code, or stands in one; a number must be all of it. */
  boolean hasOneOf(List<Word> words) {
    for (String code : codes) {
      for (Word word : words) {
        if (word.isIn(code)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A profile's code or word, in lower case. */
  record Word(String text, boolean number) {
    static Word of(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      return new Word(lower, lower.chars().allMatch(Character::isDigit));
    }

    boolean isIn(String code) {
      return number ? code.equals(text) : code.contains(text);
    }
  }
}
