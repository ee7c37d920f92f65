package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * From an exception whose exchange was not seen to a verdict: by its status, its type, then the
 * profile's words in its message. The bare type IOException says less than words, so it comes last.
 */
final class ExceptionClassifier {
  private final AnswerClassifier answers;
  private final ClueReader clues;

  ExceptionClassifier(AnswerClassifier answers, ClueReader clues) {
    this.answers = answers;
    this.clues = clues;
  }

  @Nullable Verdict classify(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    int status = FailureStatus.of(failure);
    if (status >= 0) {
      Clues told = AnswerClassifier.mayTellMore(status) ? clues(failure) : Clues.NONE;
      return answers.failure(status, Headers.NONE, told, " " + type);
    }
    FailureKind kind = FailureKind.of(failure);
    return switch (kind) {
      case LOCAL -> null;
      case NOT_SENT -> verdict(Outcome.NETWORK, type);
      case TIMEOUT -> verdict(Outcome.TIMEOUT, type);
      case RATE_LIMITED -> {
        Clues told = clues(failure);
        Verdict words = answers.words(told, type);
        yield words != null
            ? words
            : new Verdict(Outcome.RATE_LIMITED, told.waitNanos(), false, type);
      }
      case IO -> {
        Verdict words = answers.words(clues(failure), type);
        yield words != null ? words : verdict(Outcome.NETWORK, type);
      }
      case UNKNOWN -> answers.words(clues(failure), type);
    };
  }

  private Clues clues(Throwable failure) {
    return clues.ofMessage(FailureText.of(failure));
  }

  private static Verdict verdict(Outcome outcome, String type) {
    return new Verdict(outcome, -1, false, type);
  }
}
