package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a streamed answer of status 200 says in one of its events: that it has been refused
 * after all. Immutable.
 */
final class StreamErrors {
  private static final String SEEN = " in a stream";

  private final AnswerClassifier answers;
  private final ClueReader clues;
  private final List<byte[]> members;

  StreamErrors(AnswerClassifier answers, ClueReader clues, List<String> pointers) {
    this.answers = answers;
    this.clues = clues;
    this.members = JsonReader.members(pointers);
  }

  /** The names, in quotes, of an event's members below which an error code may stand. */
  List<byte[]> members() {
    return members;
  }

  /** Null: the event is none of these. */
  @Nullable Verdict read(byte[] event) {
    Clues told = clues.ofEvent(event);
    if (told == null) {
      return null;
    }
    for (String code : told.codes()) {
      long status = code.length() == 3 ? Numbers.whole(code) : Numbers.UNTOLD;
      if (status >= 400 && status < 600) {
        return answers.failure((int) status, Headers.NONE, told, SEEN);
      }
    }
    return answers.words(told, "an error" + SEEN);
  }
}
