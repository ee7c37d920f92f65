package dev.rotor.runtime.http;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.time.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange on its way, with as many attempts as it takes. The adapter of a client runs
 *
 * <pre>{@code
 * Answer held = null;
 * while (call.proceed()) {
 *   close held; send the request with call.edit()
 *   if it threw:               if (!call.failed(e)) throw e
 *   call.from(where the answer came from)
 *   if !call.holds(status):    return the answer as it is, its body watched by
 *                              call.passed(status, headers)
 *   read the body, bounded;    held = the answer; call.answered(status, headers, body)
 * }
 * return held, with call.answerHeaders(), or throw what it threw, or answer with call.refused()
 * }</pre>
 *
 * or the same with {@link #drive} where it may not block. Where code of the application's runs
 * between here and the network, an adapter sends to {@link #target} instead and asks {@link #place}
 * at the last moment, for each hop that is the API's ({@link #isOwnHop}): so the application's code
 * can set a credential that late, and never sees ours. Used by one thread at a time; only {@link
 * #cancel} may come from any. A fault inside Rotor is thrown before the first attempt, which then
 * has not been made; after it, the exchange ends with what it has come to.
 *
 * <p>Over 400 lines, since an adapter has one object to ask at each step, and each step is short.
 */
public final class HttpCall {

  /** How much of an answer is held back while it is decided whether another attempt follows. */
  public static final int MOST_HELD = 256 * 1024;

  /** How much of a body is recorded that the application may be able to give only once. */
  public static final int MOST_RECORDED = 2 * 1024 * 1024;

  /** The dearest requests, with pictures and documents in them, are long. */
  private static final int MOST_READ_OF_REQUEST = 16 * 1024 * 1024;

  /** {@code Retry-After} when no time is known at which a key is usable. */
  private static final long UNKNOWN_RETRY_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);

  private final Exchanges exchanges;
  private final Interception interception;
  private final Call call;
  private final Upstream upstream;
  private final Request request;
  private final PlainText plainText;
  private final AbandonedBodies abandoned;
  private final boolean idempotent;
  private final @Nullable String idempotencyKey;
  private final @Nullable RequestId requestId;
  private final AnswerLessons lessons;

  private boolean attempted;
  private boolean elsewhere;
  private boolean keepsKey;
  private boolean leavesOverTls;
  private @Nullable Signal wake;

  HttpCall(
      Exchanges exchanges,
      Interception interception,
      Call call,
      Upstream upstream,
      Request request,
      PlainText plainText,
      AbandonedBodies abandoned) {
    this.exchanges = exchanges;
    this.interception = interception;
    this.plainText = plainText;
    this.abandoned = abandoned;
    this.call = call;
    this.upstream = upstream;
    this.request = request;
    String header = upstream.settings().idempotencyHeader();
    this.idempotencyKey = header == null ? null : idempotencyKey(request.first(header));
    this.requestId = RequestId.of(request, upstream, call, interception);
    this.idempotent = header != null || isIdempotent(request.method());
    this.lessons = new AnswerLessons(call, upstream, request);
    look();
  }

  private String idempotencyKey(@Nullable String given) {
    return call.idempotencyKey(
        () -> RequestIdentity.of(request),
        () -> given != null ? given : UUID.randomUUID().toString());
  }

  private void look() {
    byte[] body = upstream.readsBody() ? request.body(MOST_READ_OF_REQUEST) : null;
    call.need(upstream.need(call.need(), request, body));
    String id = upstream.profile().boundIdOf(request, body);
    if (id != null) {
      String owner = upstream.boundIds().keyOf(id);
      if (owner != null && !upstream.api().keys().has(owner)) {
        // its key is there no more
        owner = null;
      }
      keepsKey = owner == null;
      call.need(owner == null ? call.need() : call.need().by(owner));
    }
    if (!request.isReplayable()) {
      call.once();
    }
  }

  /** Whether the body says what a key is to be taken for. */
  public boolean needsBody() {
    return upstream.readsBody();
  }

  /**
   * The body is at hand, or known not to be replayable, as it was not when the exchange began;
   * before the first attempt.
   */
  public void shown() {
    synchronized (call) {
      look();
    }
  }

  /** RFC 9110, section 9.2.2. */
  private static boolean isIdempotent(String method) {
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /**
   * Whether an attempt is to be made (again). May block; when the thread is interrupted meanwhile,
   * it stays so and the answer is no.
   */
  public boolean proceed() {
    try {
      return waitForAttempt();
    } catch (Throwable fault) {
      return ended(fault);
    }
  }

  private boolean waitForAttempt() {
    while (true) {
      long nanos;
      Signal end = new Signal();
      synchronized (call) {
        Call.Next next = call.next();
        if (next != Call.Next.PAUSE) {
          return next == Call.Next.RUN;
        }
        nanos = call.pauseNanos();
        if (call.pauseSignal() != null) {
          call.pauseSignal().onFire(end::fire);
        }
        wake = end;
      }
      try {
        interception.sleep(nanos, end);
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        cancel();
        return false;
      }
    }
  }

  /** The same without blocking: see {@link Interception#drive}. */
  public void drive(Runnable attempt, Runnable done) {
    try {
      interception.drive(call, attempt, done, givenUp());
    } catch (Throwable fault) {
      var unused = ended(fault);
      done.run();
    }
  }

  private Signal givenUp() {
    synchronized (call) {
      if (wake == null) {
        wake = new Signal();
      }
      return wake;
    }
  }

  /** Takes the calling thread out of the exchange, which goes on elsewhere. */
  public void detach() {
    call.detach();
  }

  /** Runs {@code body} inside the exchange, on whatever thread this is. */
  public <T extends @Nullable Object> T within(Supplier<T> body) {
    return interception.within(call, body);
  }

  /** What this attempt changes in the request. */
  public RequestEdit edit() {
    return place(request, target());
  }

  /**
   * Where this attempt is to be sent; the credential is not in it. The application's own instance
   * where that does not change; else a {@code Host} header of the application's is not true of it.
   */
  public URI target() {
    elsewhere = false;
    Key key = key();
    URI target = upstream.target(request, key.settings());
    if (target == null) {
      throw new IllegalStateException(
          "apis."
              + upstream.api().name()
              + ": the base URL of key "
              + key.name()
              + " leads to a host that is not the API's");
    }
    leavesOverTls = "https".equalsIgnoreCase(target.getScheme());
    return target;
  }

  /** Whether the key may go along to this address, to which the client has come by itself. */
  public boolean isOwnHop(URI hop) {
    return upstream.covers(hop) && (!leavesOverTls || "https".equalsIgnoreCase(hop.getScheme()));
  }

  /** The same for a request at the end of the client's chain, in whose {@code Host} header, too. */
  public boolean isOwnHop(Request last) {
    return upstream.isAddressed(last) && isOwnHop(last.uri());
  }

  /**
   * What this attempt changes in the request as it is about to leave, to its own address.
   *
   * @param last the request at the end of the client's chain
   * @throws ForeignCredentialException something of the application's has put a credential into it
   *     that may not be replaced: unwind, {@link #pass} and send the application's own request
   */
  public RequestEdit place(Request last) throws ForeignCredentialException {
    if (!isOwnHop(last)) {
      throw new IllegalStateException(
          "apis." + upstream.api().name() + ": a key was to be placed for somebody else's host");
    }
    if (!upstream.mayReplace(last)) {
      throw new ForeignCredentialException();
    }
    return place(last, last.uri());
  }

  private RequestEdit place(Request from, URI target) {
    Secret secret;
    synchronized (call) {
      secret = requireNonNull(call.secret());
    }
    plainText.look(target, upstream);
    return upstream.place(from, target, key().settings(), secret, idempotencyKey, requestId);
  }

  private Key key() {
    synchronized (call) {
      Key key = requireNonNull(call.key());
      if (keepsKey) {
        // it names what lives in one account, nobody knows whose: at least no other key is tried
        call.need(call.need().by(key.name()));
      }
      return key;
    }
  }

  /** Ends it: its request carries somebody else's credential and passes untouched. */
  public void pass() {
    exchanges.foreign(call.site(), upstream);
    synchronized (call) {
      call.untouched();
    }
  }

  /**
   * Tells where the answer came from, before the answer itself: a redirect may have led to somebody
   * else, who never saw the key and whose answer says nothing about it.
   */
  public void from(URI address) {
    elsewhere = !upstream.covers(address);
  }

  /**
   * Whether an answer of this status is to be read and told to {@link #answered} before it is
   * handed on.
   */
  public boolean holds(int status) {
    return !elsewhere
        && request.isReplayable()
        && (status >= 400 || upstream.profile().needsBody(request, status));
  }

  /**
   * The answer is handed on as it is; its body has not been looked at, and is to be told to what
   * this returns. The thread is out of the exchange.
   */
  public AnswerBody passed(int status, Headers headers) {
    attempted = true;
    try {
      Verdict verdict = verdict(status, headers, null);
      Key key;
      synchronized (call) {
        key = call.key();
        if (key == null) {
          // cancelled meanwhile
          return unwatched();
        }
        if (verdict.outcome() == Outcome.SUCCESS || verdict.outcome() == Outcome.CLIENT_ERROR) {
          call.begun(verdict, idempotent);
        } else {
          call.once();
          call.settle(null, null, verdict, idempotent);
        }
      }
      // what it told of its key has been told
      Verdict end = new Verdict(verdict.outcome(), -1, false, verdict.cause());
      Consumer<Oddity> odd = upstream.oddities().of(key);
      UsageScan scan = elsewhere ? null : upstream.profile().usageScan(request, headers, odd);
      return new AnswerBody(
          (usage, failure) -> ended(key, end, scan, usage, failure), scan, abandoned);
    } catch (Throwable fault) {
      var unused = ended(fault);
      return unwatched();
    }
  }

  private AnswerBody unwatched() {
    return new AnswerBody((usage, failure) -> {}, null, abandoned);
  }

  private void ended(
      Key key,
      Verdict verdict,
      @Nullable UsageScan scan,
      @Nullable Usage usage,
      @Nullable Throwable failure) {
    try {
      Verdict late = scan == null ? null : scan.refusal();
      lessons.ofBody(
          key,
          usage,
          scan == null ? null : scan.madeId(),
          scan == null || (scan.isWhole() && late == null));
      if (failure == null) {
        settle(null, late == null ? verdict : late, idempotent);
      } else {
        settle(failure, upstream.profile().classify(failure), idempotent);
      }
    } catch (Throwable fault) {
      var unused = ended(fault);
    }
  }

  /**
   * The answer, held back. If {@link #proceed} then says that another attempt follows, drop it.
   *
   * @param body what was read of it, at most {@link #MOST_HELD}
   * @return whether another attempt may follow
   */
  public boolean answered(int status, Headers headers, byte[] body) {
    attempted = true;
    try {
      byte[] plain = ContentCoding.decoded(body, headers);
      Key key = call.key();
      if (!elsewhere && key != null) {
        boolean isPart = body.length >= MOST_HELD || plain.length >= ContentCoding.MOST_DECODED;
        lessons.ofBody(key, status, headers, plain, isPart);
      }
      return settle(null, verdict(status, headers, plain), idempotent);
    } catch (Throwable fault) {
      return ended(fault);
    }
  }

  /**
   * The attempt threw.
   *
   * @return whether another attempt may follow; false: throw it
   */
  public boolean failed(Throwable failure) {
    attempted = true;
    try {
      Verdict verdict = upstream.profile().classify(failure);
      boolean notSent = upstream.profile().surelyNotSent(failure);
      if (notSent) {
        synchronized (call) {
          call.spent(Spent.NOTHING);
        }
      }
      boolean safe = idempotent || notSent;
      return settle(failure, verdict, safe);
    } catch (Throwable fault) {
      return ended(fault);
    }
  }

  private Verdict verdict(int status, Headers headers, byte @Nullable [] body) {
    if (elsewhere) {
      return fromElsewhere(status);
    }
    upstream.answered(request, headers);
    Profile profile = upstream.profile();
    Verdict verdict = profile.classify(status, headers, body);
    Key key = call.key();
    // that nothing is left is part of what was learned, which knows better until when
    return key != null && lessons.ofHeaders(key, status, headers) && verdict.exhausted()
        ? new Verdict(verdict.outcome(), -1, false, verdict.cause())
        : verdict;
  }

  private static Verdict fromElsewhere(int status) {
    return status < 400
        ? Verdict.SUCCESS
        : new Verdict(Outcome.CLIENT_ERROR, -1, false, status + " from a host of somebody else");
  }

  private boolean settle(@Nullable Throwable failure, @Nullable Verdict verdict, boolean safe) {
    synchronized (call) {
      if (LOG.isDebugEnabled()) {
        String id = requestId == null ? "" : requestId.mention();
        LOG.debug("{}: key {}: {}{}", call.site().name(), call.key(), verdict, id);
      }
      if (!request.isReplayable()) {
        // some clients show only on the way what their body is
        call.once();
      }
      call.settle(null, failure, verdict, safe);
      return !call.isOver();
    }
  }

  private boolean ended(Throwable fault) {
    try {
      abandon();
    } catch (Throwable worse) {
      fault.addSuppressed(worse);
    }
    if (!attempted) {
      throw new IllegalStateException("a fault before the first attempt", fault);
    }
    exchanges.fault(call.site(), fault);
    return false;
  }

  /** The application gave the exchange up; its key is free at once. From any thread. */
  public void cancel() {
    Signal waiting;
    synchronized (call) {
      call.cancel("cancelled by the application");
      waiting = wake;
    }
    if (waiting != null) {
      waiting.fire();
    }
  }

  /**
   * Ends it when the application has dropped {@code holder} before the answer was asked for. For
   * clients whose application sends by itself and may never ask.
   *
   * @param holder what only the application holds; must not be reachable from the request
   * @return to be run when the application need not be waited for any more
   */
  public Runnable watch(Object holder) {
    return abandoned.watch(holder, this::abandon)::forget;
  }

  /** Ends it without a result of its own: a fault of Rotor's. */
  public void abandon() {
    synchronized (call) {
      if (!call.isOver()) {
        call.abandon();
      }
    }
  }

  /**
   * Headers to add to the last answer, when it was held: where Rotor gave up, clients that heed
   * {@code x-should-retry} (those of OpenAI and Anthropic) need not try either.
   */
  public Map<String, String> answerHeaders() {
    return call.isGivenUp() ? RefusedAnswer.NO_RETRY : Map.of();
  }

  /** Rotor's own answer, when the exchange has ended without any attempt; else null. */
  public @Nullable RefusedAnswer refused() {
    Throwable failure = call.failure();
    if (call.refusal() == null || failure == null) {
      return null;
    }
    long seconds = Math.max(1, Duration.ofNanos(call.usableInNanos()).plusMillis(999).toSeconds());
    if (call.usableInNanos() == Long.MAX_VALUE) {
      seconds = UNKNOWN_RETRY_SECONDS;
    }
    String message = String.valueOf(failure.getMessage());
    return requestId == null
        ? new RefusedAnswer(message, seconds)
        : requestId.refused(message, seconds);
  }
}
