package dev.rotor.runtime.http;

import dev.rotor.runtime.call.FailureClassifier;
import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.config.ProfileSettings;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's particulars at work: tells what an answer or an exception comes to (DESIGN section
 * 5), what it cost, and which lane a request is for.
 *
 * <p>Every method is a function of its arguments and the clock, safe for use by many threads, never
 * blocks, and throws nothing whatever a provider answers.
 */
public final class Profile implements FailureClassifier {

  private static final String NO_WORDS = "";

  private final ProfileSettings settings;
  private final KeyPlacement placement;
  private final WaitReader waits;
  private final ClueReader clues;
  private final UsageReader usage;
  private final @Nullable JsonReader lane;
  private final List<Clues.Word> rateWords;
  private final List<Clues.Word> quotaCodes;
  private final List<Clues.Word> authCodes;
  private final boolean codesInSuccess;

  private Profile(ProfileSettings settings, InstantSource clock) {
    this.settings = settings;
    this.placement = KeyPlacement.of(settings.key());
    this.waits = new WaitReader(settings.remaining(), clock);
    this.clues = new ClueReader(settings.errorCodes(), settings.waits(), clock);
    this.usage = new UsageReader(settings.usage());
    ProfileSettings.LaneSource source = settings.lane();
    String pointer = source == null ? null : source.body();
    this.lane = pointer == null ? null : JsonReader.of(List.of(pointer));
    this.rateWords = words(settings.rateWords());
    this.quotaCodes = words(settings.quotaCodes());
    this.authCodes = words(settings.authCodes());
    this.codesInSuccess = settings.errorCodes().stream().anyMatch(Profile::standsInSuccess);
  }

  /**
   * Puts a profile to work.
   *
   * @throws IllegalArgumentException when one of its JSON pointers is none
   */
  public static Profile of(ProfileSettings settings, InstantSource clock) {
    return new Profile(settings, clock);
  }

  private static List<Clues.Word> words(Collection<String> words) {
    return words.stream().filter(word -> !word.isBlank()).map(Clues.Word::of).toList();
  }

  /** Where a 200 tells an error: Google Maps' {@code /status}, GraphQL's {@code /errors}. */
  private static boolean standsInSuccess(String pointer) {
    return pointer.equals("/status") || pointer.startsWith("/errors/");
  }

  public String name() {
    return settings.name();
  }

  /** Where this provider's key goes. */
  public KeyPlacement placement() {
    return placement;
  }

  /**
   * Whether {@link #classify(int, Headers, byte[])} wants the beginning of the body with this
   * status. For a success only where the profile names its error codes at {@code /status} or below
   * {@code /errors}, as Google Maps and GraphQL do.
   */
  public boolean needsBody(int status) {
    if (status < 400) {
      return codesInSuccess && status >= 200 && status < 300;
    }
    if (!mayTellMore(status)) {
      return false;
    }
    return !rateWords.isEmpty()
        || !quotaCodes.isEmpty()
        || (isRefusal(status) && !authCodes.isEmpty())
        || status == 429;
  }

  /**
   * What an answer comes to. Nothing left of a limit is told with a success and with a client
   * error.
   *
   * @param body the body or its beginning; null when {@link #needsBody} said no or it is not to be
   *     had
   * @return {@code restNanos} of a server error is what the service asked to wait before a retry
   */
  public Verdict classify(int status, Headers headers, byte @Nullable [] body) {
    if (status < 400) {
      return success(status, headers, body);
    }
    Clues told = body == null || !needsBody(status) ? Clues.NONE : clues.ofBody(body);
    return judge(status, headers, told, NO_WORDS);
  }

  /**
   * What an exception comes to whose exchange was not seen: by its own status, its type, or the
   * profile's words in its message, on it or a cause, in this order.
   *
   * @return null when it is none of these, and so the application's own
   */
  @Override
  public @Nullable Verdict classify(Throwable failure) {
    try {
      return judge(failure);
    } catch (RuntimeException e) {
      // A getter or a message of its own that throws says nothing about the provider.
      return null;
    }
  }

  /**
   * Whether the request of a failed attempt surely never left: refused, unknown host, no route, or
   * timed out while connecting. A failed TLS handshake is not among them: with TLS 1.3 a refusal of
   * the client's certificate arrives after the request has left.
   */
  @Override
  public boolean surelyNotSent(Throwable failure) {
    return FailureKind.of(failure) == FailureKind.NOT_SENT;
  }

  /** The tokens that an answer, or an event of a streamed one, says it cost; null: it says none. */
  public @Nullable Usage usage(byte[] body) {
    return usage.read(body);
  }

  /** The provider's own id of the request. */
  public @Nullable String requestId(Headers response) {
    String name = settings.requestId();
    return name == null ? null : response.first(name);
  }

  /** The account that the provider counted the request for. */
  public @Nullable String account(Headers response) {
    String name = settings.account();
    return name == null ? null : response.first(name);
  }

  /** Whether {@link #lane} reads the request's body. */
  public boolean laneNeedsBody() {
    return lane != null;
  }

  /** The lane that a request is for; null: it names none. */
  public @Nullable String lane(Headers request, byte @Nullable [] body) {
    ProfileSettings.LaneSource source = settings.lane();
    if (source == null) {
      return null;
    }
    if (lane != null) {
      return body == null ? null : lane.first(body);
    }
    String header = source.header();
    return header == null ? null : request.first(header);
  }

  private Verdict success(int status, Headers headers, byte @Nullable [] body) {
    if (body != null && needsBody(status)) {
      Clues told = clues.ofSuccess(body);
      if (told != null) {
        Verdict refused = refusedInSuccess(status, headers, told);
        if (refused != null) {
          return refused;
        }
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
    boolean graphQl = settings.errorCodes().stream().anyMatch(code -> code.startsWith("/errors/"));
    return graphQl ? verdict(Outcome.CLIENT_ERROR, -1, status, " with errors") : null;
  }

  private Verdict judge(int status, Headers headers, Clues told, String seen) {
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

  private @Nullable Verdict judge(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    int status = FailureStatus.of(failure);
    if (status >= 400) {
      Clues told = mayTellMore(status) ? clues.ofMessage(FailureText.of(failure)) : Clues.NONE;
      return judge(status, Headers.NONE, told, " " + type);
    }
    FailureKind kind = FailureKind.of(failure);
    Outcome outcome = kind.outcome();
    if (outcome == Outcome.RATE_LIMITED) {
      Clues told = clues.ofMessage(FailureText.of(failure));
      return told.hasOneOf(quotaCodes)
          ? new Verdict(Outcome.QUOTA_EXCEEDED, -1, false, type + " with a quota code")
          : new Verdict(outcome, told.waitNanos(), false, type);
    }
    if (outcome != null && kind != FailureKind.IO) {
      return new Verdict(outcome, -1, false, type);
    }
    if (kind == FailureKind.LOCAL) {
      return null;
    }
    Clues told = clues.ofMessage(FailureText.of(failure));
    if (told.hasOneOf(quotaCodes)) {
      return new Verdict(Outcome.QUOTA_EXCEEDED, -1, false, type + " with a quota code");
    } else if (told.hasOneOf(rateWords)) {
      return new Verdict(Outcome.RATE_LIMITED, told.waitNanos(), false, type + " with a rate word");
    }
    return outcome == null ? null : new Verdict(outcome, -1, false, type);
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

  /** Google answers an invalid key with 400 and the code API_KEY_INVALID. */
  private static boolean isRefusal(int status) {
    return status == 400 || status == 403;
  }

  /** Whether a body with this status may say rate-limited, quota exceeded or unauthorized. */
  private static boolean mayTellMore(int status) {
    return status == 429 || status == 420 || isRefusal(status) || status >= 500;
  }
}
