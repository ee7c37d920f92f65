package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.config.ProfileSettings;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a status, headers and {@link Clues} to a verdict: the table of DESIGN section 5. */
final class AnswerClassifier {
  private final WaitReader waits;
  private final List<Clues.Word> rateWords;
  private final List<Clues.Word> quotaCodes;
  private final List<Clues.Word> authCodes;

  AnswerClassifier(ProfileSettings settings, WaitReader waits) {
    this.waits = waits;
    this.rateWords = words(settings.rateWords());
    this.quotaCodes = words(settings.quotaCodes());
    this.authCodes = words(settings.authCodes());
  }

  private static List<Clues.Word> words(Collection<String> words) {
    return words.stream().filter(word -> !word.isBlank()).map(Clues.Word::of).toList();
  }

  /** Of a status from 400 on. */
  boolean needsBody(int status) {
    if (!mayTellMore(status)) {
      return false;
    }
    return status == 429
        || !rateWords.isEmpty()
        || !quotaCodes.isEmpty()
        || (isRefusal(status) && !authCodes.isEmpty());
  }

  /** Whether a body with this status may say rate-limited, quota exceeded or unauthorized. */
  static boolean mayTellMore(int status) {
    return status == 429 || status == 420 || isRefusal(status) || status >= 500;
  }

  /** Google answers an invalid key with 400 and the code API_KEY_INVALID. */
  private static boolean isRefusal(int status) {
    return status == 400 || status == 403;
  }

  /** Of a status below 400. */
  Verdict success(int status, Headers headers, @Nullable Clues told) {
    if (told != null) {
      Verdict refused = refusedInSuccess(status, headers, told);
      if (refused != null) {
        return refused;
      }
    }
    long rest = waits.resetOfExhausted(headers);
    return rest == WaitText.UNKNOWN
        ? Verdict.SUCCESS
        : new Verdict(Outcome.SUCCESS, rest, true, "nothing left");
  }

  private @Nullable Verdict refusedInSuccess(int status, Headers headers, Clues told) {
    if (told.hasOneOf(quotaCodes)) {
      return quotaExceeded(status, headers, " with a quota code");
    } else if (told.hasOneOf(rateWords)) {
      return rateLimited(status, headers, told, " with a rate word");
    } else if (told.hasOneOf(authCodes)) {
      return verdict(Outcome.UNAUTHORIZED, -1, status, " with an auth code");
    }
    return told.graphQl() ? verdict(Outcome.CLIENT_ERROR, -1, status, " with errors") : null;
  }

  /**
   * Of a status from 400 on.
   *
   * @param seen what to say after the status in the verdict's cause
   */
  Verdict failure(int status, Headers headers, Clues told, String seen) {
    if (status == 402 || status == 456 || isQuotaStatus(status)) {
      return quotaExceeded(status, headers, seen);
    } else if (told.hasOneOf(quotaCodes)) {
      return quotaExceeded(status, headers, seen + " with a quota code");
    } else if (status == 429) {
      return rateLimited(status, headers, told, seen);
    } else if (status == 503 && waits.retryAfter(headers) != WaitText.UNKNOWN) {
      return rateLimited(status, headers, told, seen + " with Retry-After");
    } else if (told.hasOneOf(rateWords)) {
      return rateLimited(status, headers, told, seen + " with a rate word");
    } else if (status == 403 && waits.usedUp(headers)) {
      return rateLimited(status, headers, told, seen + " with nothing left");
    } else if (status == 401) {
      return verdict(Outcome.UNAUTHORIZED, -1, status, seen);
    } else if (isRefusal(status) && told.hasOneOf(authCodes)) {
      return verdict(Outcome.UNAUTHORIZED, -1, status, seen + " with an auth code");
    } else if (status == 408) {
      return verdict(Outcome.TIMEOUT, waits.retryAfter(headers), status, seen);
    } else if (status < 500) {
      // Many providers count what they refuse for the caller's mistakes, too.
      long rest = waits.resetOfExhausted(headers);
      return new Verdict(Outcome.CLIENT_ERROR, rest, rest != WaitText.UNKNOWN, status + seen);
    }
    return verdict(Outcome.SERVER_ERROR, waits.retryAfter(headers), status, seen);
  }

  /**
   * Of words alone, without a status.
   *
   * @return null when none of the profile's is there
   */
  @Nullable Verdict words(Clues told, String seen) {
    if (told.hasOneOf(quotaCodes)) {
      return new Verdict(Outcome.QUOTA_EXCEEDED, -1, false, seen + " with a quota code");
    } else if (told.hasOneOf(rateWords)) {
      return new Verdict(Outcome.RATE_LIMITED, told.waitNanos(), false, seen + " with a rate word");
    }
    return null;
  }

  private Verdict rateLimited(int status, Headers headers, Clues told, String why) {
    long rest = waits.retryAfter(headers);
    if (rest == WaitText.UNKNOWN) {
      rest = told.waitNanos();
    }
    if (rest == WaitText.UNKNOWN) {
      rest = waits.resetOfRefused(headers);
    }
    return verdict(Outcome.RATE_LIMITED, rest, status, why);
  }

  /** A delay in the body is not believed: Google tells 36 s beside a quota of a day. */
  private Verdict quotaExceeded(int status, Headers headers, String why) {
    long rest = waits.retryAfter(headers);
    if (rest == WaitText.UNKNOWN) {
      rest = waits.resetOfExhausted(headers);
    }
    return verdict(Outcome.QUOTA_EXCEEDED, rest, status, why);
  }

  private static Verdict verdict(Outcome outcome, long restNanos, int status, String why) {
    return new Verdict(outcome, restNanos, false, status + why);
  }

  private boolean isQuotaStatus(int status) {
    for (Clues.Word code : quotaCodes) {
      if (code.number() && code.text().equals(Integer.toString(status))) {
        return true;
      }
    }
    return false;
  }
}
