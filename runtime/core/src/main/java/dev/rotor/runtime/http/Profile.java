package dev.rotor.runtime.http;

import dev.rotor.runtime.call.FailureClassifier;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.config.ProfileSettings;
import java.time.InstantSource;
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
  private final ProfileSettings settings;
  private final KeyPlacement placement;
  private final ClueReader clues;
  private final AnswerClassifier answers;
  private final ExceptionClassifier exceptions;
  private final UsageReader usage;
  private final @Nullable JsonReader lane;

  private Profile(ProfileSettings settings, InstantSource clock) {
    this.settings = settings;
    this.placement = KeyPlacement.of(settings.key());
    this.clues = new ClueReader(settings.errorCodes(), settings.waits(), clock);
    this.answers = new AnswerClassifier(settings, new WaitReader(settings.remaining(), clock));
    this.exceptions = new ExceptionClassifier(answers, clues);
    this.usage = new UsageReader(settings.usage());
    ProfileSettings.LaneSource source = settings.lane();
    String pointer = source == null ? null : source.body();
    this.lane = pointer == null ? null : JsonReader.of(List.of(pointer));
  }

  /**
   * Puts a profile to work.
   *
   * @throws IllegalArgumentException when one of its JSON pointers is none
   */
  public static Profile of(ProfileSettings settings, InstantSource clock) {
    return new Profile(settings, clock);
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
    return status < 400
        ? status >= 200 && status < 300 && clues.readsSuccess()
        : answers.needsBody(status);
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
    byte[] read = body != null && needsBody(status) ? body : null;
    if (status < 400) {
      return answers.success(status, headers, read == null ? null : clues.ofSuccess(read));
    }
    return answers.failure(status, headers, read == null ? Clues.NONE : clues.ofBody(read), "");
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
      return exceptions.classify(failure);
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
    try {
      return FailureKind.of(failure) == FailureKind.NOT_SENT;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The tokens that an answer, or an event of a streamed one, says it cost; null: it says none. */
  public @Nullable Usage usage(byte[] body) {
    return usage.read(body);
  }

  /**
   * Watches an answer's body for what it cost.
   *
   * @return null: this profile, or this kind of answer, tells nothing
   */
  @Nullable UsageScan usageScan(Headers answer) {
    return usage.isEmpty() ? null : UsageScan.of(usage, answer);
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
}
