package dev.rotor.runtime.http;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.call.FailureClassifier;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.config.ProfileSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
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
  private final WaitReader waits;
  private final AnswerClassifier answers;
  private final ExceptionClassifier exceptions;
  private final UsageReader usage;
  private final LimitsReader limits;
  private final StreamErrors streamErrors;
  private final BoundIdReader boundIds;
  private final @Nullable LaneReader lane;
  private final @Nullable EstimateReader estimate;

  private Profile(ProfileSettings settings, InstantSource clock) {
    this.settings = settings;
    this.placement = KeyPlacement.of(settings.key());
    this.clues = new ClueReader(settings.errorCodes(), settings.waits(), clock);
    this.waits = new WaitReader(settings.remaining(), clock);
    this.answers = new AnswerClassifier(settings, waits);
    this.exceptions = new ExceptionClassifier(answers, clues);
    this.usage = new UsageReader(settings.usage());
    this.limits = new LimitsReader(settings.remaining(), clock);
    this.streamErrors = new StreamErrors(answers, clues, settings.errorCodes());
    this.boundIds = new BoundIdReader(settings.boundIds());
    this.lane = settings.lane() == null ? null : new LaneReader(settings.lane());
    this.estimate = settings.estimate() == null ? null : new EstimateReader(settings.estimate());
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
   * The same, of an answer to this request: many profiles tell at which paths a success may hold an
   * error.
   */
  public boolean needsBody(Request request, int status) {
    return needsBody(status) && (status >= 400 || mayFailInSuccess(request));
  }

  private boolean mayFailInSuccess(Request request) {
    if (settings.successPaths().isEmpty()) {
      return true;
    }
    String path = HttpSite.path(request.uri());
    for (String start : settings.successPaths()) {
      if (LaneReader.isUnder(path, start)) {
        return true;
      }
    }
    return false;
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
    return usage(body, Profile::ignore);
  }

  /** The same; {@code odd} is told of what cannot be understood. */
  @Nullable Usage usage(byte[] body, Consumer<Oddity> odd) {
    return usage.read(body, odd);
  }

  /**
   * Watches an answer's body for what it cost.
   *
   * @return null: this profile, or this kind of answer, tells nothing
   */
  @Nullable UsageScan usageScan(Headers answer) {
    return usage.isEmpty()
        ? null
        : UsageScan.of(usage, streamErrors, null, answer, Profile::ignore);
  }

  /** The same of the answer to this request, and for the id that it may make. */
  @Nullable UsageScan usageScan(Request request, Headers answer) {
    return usageScan(request, answer, Profile::ignore);
  }

  /** The same; {@code odd} is told of what cannot be understood. */
  @Nullable UsageScan usageScan(Request request, Headers answer, Consumer<Oddity> odd) {
    BoundIdReader ids = boundIds.mayMake(request) ? boundIds : null;
    return usage.isEmpty() && ids == null
        ? null
        : UsageScan.of(usage, streamErrors, ids, answer, odd);
  }

  /** The provider's own id of the request. */
  public @Nullable String requestId(Headers response) {
    String name = settings.requestId();
    return name == null ? null : response.first(name);
  }

  /** The account that the provider counted the request for. */
  public @Nullable String account(Headers response) {
    String account = null;
    for (int i = 0; i < settings.account().size(); i++) {
      String told = response.first(settings.account().get(i));
      if (told != null) {
        account = account == null ? told : account + '/' + told;
      }
    }
    return account;
  }

  /**
   * That the provider refuses the request after all, as an event of a streamed answer says; null:
   * the event is none of these.
   */
  public @Nullable Verdict refusedInStream(byte[] event) {
    return streamErrors.read(event);
  }

  /** The provider's limits as an answer tells them; empty, and cheap, where it tells none. */
  public List<LimitTold> limits(Headers response) {
    return limits(response, Profile::ignore);
  }

  /** The same; {@code odd} is told of what cannot be understood. */
  List<LimitTold> limits(Headers response, Consumer<Oddity> odd) {
    return limits.read(response, odd);
  }

  /** Tells what cannot be understood of a wait that a failure tells in its headers. */
  void oddWaits(Headers response, Consumer<Oddity> odd) {
    waits.oddities(response, odd);
  }

  /** Whether {@link #lane} reads the request's body. */
  public boolean laneNeedsBody() {
    return lane != null && lane.needsBody();
  }

  /** The lane that a request is for; null: it names none. */
  public @Nullable String lane(Request request, byte @Nullable [] body) {
    return lane == null ? null : lane.read(request, body);
  }

  /**
   * What a request with this body will cost, before it is sent; {@link Estimate#NONE} where the
   * provider counts no tokens.
   */
  public Estimate estimate(byte[] body) {
    return estimate == null ? Estimate.NONE : estimate.read(body);
  }

  /** Whether {@link #estimate} reads the body. */
  public boolean estimateNeedsBody() {
    return estimate != null;
  }

  /** Whether {@link #boundIdOf} reads the request's body. */
  public boolean boundIdNeedsBody() {
    return boundIds.needsBody();
  }

  /**
   * The id in a request that lives in one account only, so that no other account's key will do;
   * null: it names none.
   */
  public @Nullable String boundIdOf(Request request, byte @Nullable [] body) {
    return boundIds.named(request, body);
  }

  /** Whether the answer to this request may make an id for {@link #madeId}. */
  public boolean mayMakeId(Request request) {
    return boundIds.mayMake(request);
  }

  /**
   * The id that an answer has made, which lives in the account of the key that it was made with;
   * null: none.
   *
   * @param answerBody the body, its beginning, or an event of a streamed one
   */
  public @Nullable String madeId(Request request, byte[] answerBody) {
    return boundIds.mayMake(request) ? boundIds.made(answerBody) : null;
  }

  private static void ignore(Oddity oddity) {}
}
