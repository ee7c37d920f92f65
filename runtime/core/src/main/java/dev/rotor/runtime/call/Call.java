package dev.rotor.runtime.call;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Reading;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.config.WaitSettings;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.key.KeyPool;
import dev.rotor.runtime.key.Lane;
import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.policy.Limit;
import dev.rotor.runtime.time.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the application through a site: the state machine that every front end drives, the
 * same for synchronous and asynchronous calls (only waiting differs). Used by one thread at a time.
 *
 * <p>Its way is cache, limit, then rounds of key, body and outcome. {@link #next} goes on until the
 * body is to run, something is to be waited for, or the call has ended. Whoever runs the body says
 * how it went, by {@link #returned}, {@link #threw} or, for an exchange, {@link #settle}.
 *
 * <p>A call inside another call of the same API joins it: it rotates, but leaves retries to the
 * outer one, and takes neither limit nor count a second time.
 *
 * <p>Over 400 lines, because a state machine is read best in one piece.
 */
public final class Call {

  /** What a driver has to do next. */
  public enum Next {
    /** Run the body, then say how it went. */
    RUN,
    /** Wait for {@link #pauseNanos}, or until {@link #pauseSignal} fires, and ask again. */
    PAUSE,
    /** The call has ended: take the {@link #result}. */
    DONE
  }

  private enum State {
    CACHE,
    LIMIT,
    KEY,
    REREAD,
    BACKOFF,
    READY,
    RUNNING,
    DONE
  }

  // near enough for differences of instants not to overflow
  static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  private static final AtomicReferenceFieldUpdater<Call, @Nullable Lane> LANE =
      AtomicReferenceFieldUpdater.newUpdater(Call.class, Lane.class, "lane");

  private static final long LONGEST_REREAD_NANOS = Duration.ofSeconds(2).toNanos();

  private final Interception engine;
  private final Site site;
  private final Plan plan;
  private final Context context;
  private final @Nullable Call previous;
  private final @Nullable Call outer;
  private final Api.@Nullable Terms terms;
  private final long startNanos;

  private State state = State.DONE;
  private long now;
  private long pauseNanos;
  private @Nullable Signal pauseSignal;
  private boolean detached;
  private boolean blocks = true;

  private @Nullable CacheLoad load;
  private @Nullable Object limitValue;

  private boolean repeats;
  private boolean begun;
  private Need need;
  private long takenAt;
  // a key was placed whatever its health, and nothing was taken of its limits
  private boolean uncounted;
  private @Nullable Reading reading;
  private Spent spent = Spent.UNTOLD;
  // taken by whoever ends the attempt, or by an exchange inside it that goes on with its key
  private volatile @Nullable Lane lane;
  private @Nullable Secret secret;
  private @Nullable KeyWait wait;
  private @Nullable Key doubted;
  private @Nullable Signal reread;
  private long rereadStart;

  private int attempts;
  private @Nullable Rounds rounds;
  private long attemptStart;

  // what exchanges inside the body came to; told by their own threads
  private volatile @Nullable Verdict seen;
  private volatile boolean seenUnsafe;

  private volatile @Nullable IdempotencyKeys idempotencyKeys;

  private @Nullable Object value;
  private @Nullable Throwable failure;
  private @Nullable Verdict verdict;
  private boolean repeatable;
  private @Nullable Refusal refusal;
  private long usableInNanos;

  Call(Interception engine, Site site, Plan plan, Context context, long startNanos) {
    this.engine = engine;
    this.site = site;
    this.plan = plan;
    this.context = context;
    this.startNanos = startNanos;
    this.now = startNanos;
    this.previous = context.current();
    Api api = plan.api();
    this.outer = api == null || previous == null ? null : enclosing(previous, api);
    this.terms = api == null ? null : api.terms();
    this.repeats = plan.rotates();
    this.need = outer == null ? plan.need() : plan.need().over(outer.need);
  }

  private static @Nullable Call enclosing(Call from, Api api) {
    for (Call call = from; call != null; call = call.previous) {
      if (call.plan.api() == api && !call.isAnswered()) {
        return call;
      }
    }
    return null;
  }

  void start(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
    Limit limit = plan.limit();
    if (limit != null && limit.isPerValue()) {
      limitValue = requireNonNull(plan.limitBy()).select(self, arguments);
    }
    if (plan.sharedBy() != null) {
      Object shared = plan.sharedBy().select(self, arguments);
      need = shared == null ? need : need.sharing(shared.toString());
    }
    if (plan.cacheKey() != null) {
      load = CacheLoad.of(site, plan.cacheKey().select(self, arguments));
    }
    state = load != null ? State.CACHE : limit != null ? State.LIMIT : beforeBody();
    context.current(this);
  }

  /** Where it passes through. */
  public Site site() {
    return site;
  }

  /** What its attempts ask of a key, as far as known. */
  public Need need() {
    return need;
  }

  /** What the request that this call is asks of a key; before the first {@link #next}. */
  public void need(Need wanted) {
    need = wanted;
  }

  /** From now on its driver waits by a timer: nothing in here may block. */
  void mayNotBlock() {
    blocks = false;
  }

  /** The next attempt is the last: what it sends cannot be sent again. */
  public void once() {
    repeats = false;
  }

  /**
   * Goes on until the body is to run, something is to be waited for, or the call has ended. Never
   * blocks.
   */
  public Next next() {
    if (pauseNanos > 0) {
      pauseNanos = 0;
      now = engine.clock().nanoTime();
    }
    while (true) {
      boolean goesOn =
          switch (state) {
            case CACHE -> lookUp();
            case LIMIT -> passLimit();
            case KEY -> takeKey();
            case REREAD -> awaitReread();
            case BACKOFF -> backOff();
            case READY, DONE -> true;
            case RUNNING ->
                throw new IllegalStateException(site.name() + ": an attempt is under way");
          };
      if (!goesOn) {
        return Next.PAUSE;
      }
      if (state == State.READY) {
        beginAttempt();
        return Next.RUN;
      }
      if (state == State.DONE) {
        return Next.DONE;
      }
    }
  }

  /**
   * The blocking driver: waits where {@link #next} says so.
   *
   * @return true: run the body (again); false: take the {@link #result}
   */
  public boolean proceed() {
    while (true) {
      Next next = next();
      if (next != Next.PAUSE) {
        return next == Next.RUN;
      }
      try {
        engine.sleeper().sleep(pauseNanos, pauseSignal);
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        cancel("interrupted while it waited");
        return false;
      }
    }
  }

  /** How long to wait after {@link Next#PAUSE}; read it on the thread that asked {@link #next}. */
  public long pauseNanos() {
    return pauseNanos;
  }

  /** What ends that wait early, if anything does. */
  public @Nullable Signal pauseSignal() {
    return pauseSignal;
  }

  private boolean pause(long nanos, @Nullable Signal signal) {
    pauseNanos = nanos;
    pauseSignal = signal;
    return false;
  }

  private void beginAttempt() {
    if (attempts++ > 0) {
      now = engine.clock().nanoTime();
      seen = null;
      seenUnsafe = false;
      IdempotencyKeys keys = idempotencyKeys;
      if (keys != null) {
        keys.again();
      }
    }
    attemptStart = now;
    state = State.RUNNING;
  }

  private State beforeBody() {
    return plan.takesKey() ? State.KEY : State.READY;
  }

  // cache and limit

  private boolean lookUp() {
    CacheLoad looked = requireNonNull(load);
    Object cached = looked.find();
    if (cached != null) {
      value = cached;
      site.stats().event(Event.CACHE_HIT);
      end();
      return true;
    }
    Signal other = looked.other();
    if (other != null && mayWait() && !isLoadingItself(looked)) {
      long left = startNanos + CacheLoad.LONGEST_NANOS - now;
      if (left > 0) {
        return pause(left, other);
      }
    }
    state = plan.limit() != null ? State.LIMIT : beforeBody();
    return true;
  }

  /** A recursive load of the same key must not wait for itself. */
  private boolean isLoadingItself(CacheLoad looked) {
    for (Call call = previous; call != null; call = call.previous) {
      if (call.load != null && call.load.isOfSame(looked)) {
        return true;
      }
    }
    return false;
  }

  private boolean passLimit() {
    Limit limit = requireNonNull(plan.limit());
    state = beforeBody();
    if ((previous != null && isTaken(limit)) || limit.tryAcquire(limitValue, now)) {
      return true;
    }
    long nanos = mayWait() ? limit.reserve(limitValue, deadline() - now) : -1;
    if (nanos < 0) {
      usableInNanos = limit.nanosToPermit(limitValue);
      long millis = Math.max(1, usableInNanos / 1_000_000);
      refuse(
          Refusal.LIMIT_EXCEEDED,
          "over the limit `" + limit.name() + "`; the next permit comes in " + millis + " ms");
      return true;
    }
    return nanos == 0 || pause(nanos, null);
  }

  private boolean isTaken(Limit limit) {
    for (Call call = previous; call != null; call = call.previous) {
      if (call.plan.limit() == limit && call.state != State.DONE) {
        return true;
      }
    }
    return false;
  }

  // keys

  private boolean takeKey() {
    Api api = requireNonNull(plan.api());
    if (attempts > 0) {
      now = engine.clock().nanoTime();
    }
    takenAt = now;
    uncounted = false;
    reading = null;
    Lane found = adopt();
    if (found == null && !mustLetOthersLook(api)) {
      found = api.keys().tryAcquire(need, now);
      found = found == null || rounds == null ? found : untried(api, found, rounds.tried());
    }
    if (found == null && !plan.rotates()) {
      // only to place a key, whatever its health: there is neither waiting nor refusing
      found = api.keys().acquireAnyhow(need);
      uncounted = found != null;
    }
    if (found == null) {
      return waitForKey(api);
    }
    take(found);
    return true;
  }

  private void take(Lane found) {
    if (reading == null && !uncounted) {
      reading = found.reading(now);
    }
    secret = found.key().secret();
    lane = found;
    leaveLine();
    state = State.READY;
  }

  /** A key that was at fault in this call may be usable again already; any other is better. */
  private Lane untried(Api api, Lane found, List<Key> tried) {
    if (!tried.contains(found.key())) {
      return found;
    }
    Lane other = api.keys().tryAcquireOther(need, tried, now);
    if (other == null) {
      return found;
    }
    found.giveBack(need, now, now);
    return other;
  }

  /** What others wait for is theirs first; but a call that cannot wait has no other choice. */
  private boolean mustLetOthersLook(Api api) {
    if (wait != null && (wait.isActive() || wait.isUsedUp())) {
      return wait.isActive() && wait.isBehindOthers();
    }
    return api.keys().isWaitedFor(need)
        && plan.rotates()
        && requireNonNull(terms).settings().waiting().max().toNanos() > 0
        && mayWait();
  }

  private void leaveLine() {
    if (wait != null && wait.isActive()) {
      wait.leave(now);
    }
  }

  /** Whether no site that it runs in holds a monitor. */
  private boolean mayWait() {
    for (Call call = this; call != null; call = call.previous) {
      if (!call.site.waits() && (call == this || call.state != State.DONE)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The key that a method's call took for its arguments is the first that its exchange uses; of
   * several exchanges at once one.
   */
  private @Nullable Lane adopt() {
    for (Call holder = outer; holder != null; holder = holder.outer) {
      Lane held = holder.lane == null ? null : LANE.getAndSet(holder, null);
      if (held != null) {
        return adopt(held, holder);
      }
    }
    return null;
  }

  private @Nullable Lane adopt(Lane held, Call holder) {
    if (holder.uncounted) {
      uncounted = held.fits(need);
      if (!uncounted) {
        held.leave();
      }
      return uncounted ? held : null;
    }
    Lane moved = held.tryMoveTo(need, holder.need, holder.takenAt, now);
    takenAt = moved == held ? holder.takenAt : now;
    reading = moved == held ? holder.reading : null;
    return moved;
  }

  private boolean waitForKey(Api api) {
    if (wait == null) {
      WaitSettings waiting = requireNonNull(terms).settings().waiting();
      wait = new KeyWait(api.keys(), waiting.callers(), waiting.max().toNanos());
    }
    if (!wait.isActive()) {
      now = engine.clock().nanoTime();
      wait.begin(need, now, deadline());
    }
    switch (mayWait() ? wait.step(now) : KeyWait.Step.GIVE_UP) {
      case PAUSE -> {
        return pause(wait.pauseNanos(), wait.signal());
      }
      case GIVE_UP -> {
        Lane chance = now - deadline() < 0 ? api.keys().tryAcquireInDoubt(need, now) : null;
        if (chance != null) {
          takenAt = now;
          take(chance);
          return true;
        }
        KeyPool.Outlook outlook = api.keys().outlook(need, now);
        usableInNanos = outlook.nanos();
        giveUp(Refusal.NO_USABLE_KEY, api.keys().describe(need, outlook, now));
      }
      case QUEUE_FULL ->
          giveUp(
              Refusal.QUEUE_FULL,
              api.keys().waiters().size() + " calls wait for a key already (`wait.callers`)");
      case LOOK_AGAIN -> {}
    }
    return true;
  }

  private long deadline() {
    if (outer != null) {
      return outer.deadline();
    }
    return startNanos + Math.min(terms == null ? NEVER_NANOS : terms.deadlineNanos(), NEVER_NANOS);
  }

  /** The key of the attempt under way; null when the site takes none. */
  public @Nullable Key key() {
    Lane present = lane;
    return present == null ? null : present.key();
  }

  /** The credential of the attempt under way, as it was when the attempt began. */
  public @Nullable Secret secret() {
    return lane == null ? null : secret;
  }

  /** The base URL of the attempt's key, else of the API; null when none is configured. */
  public @Nullable URI baseUrl() {
    Key present = key();
    URI own = present == null ? null : present.settings().baseUrl();
    return own != null || terms == null ? own : terms.settings().baseUrl();
  }

  /**
   * The idempotency key of a request: the same in each attempt of the call, and of the calls around
   * it that may run again.
   *
   * @param request equal for requests that are the same; asked for only where a call around may run
   *     again
   * @param own the application's, or how to make one
   */
  public String idempotencyKey(Supplier<?> request, Supplier<String> own) {
    if (outer == null) {
      return own.get();
    }
    Call outermost = outer;
    while (outermost.outer != null) {
      outermost = outermost.outer;
    }
    return outermost.idempotencyKeys().next(request.get(), own);
  }

  private synchronized IdempotencyKeys idempotencyKeys() {
    IdempotencyKeys keys = idempotencyKeys;
    if (keys == null) {
      keys = new IdempotencyKeys();
      idempotencyKeys = keys;
    }
    return keys;
  }

  // outcomes

  /** The body returned. */
  public void returned(@Nullable Object result) {
    settle(result, null, Verdict.SUCCESS, seen != null && !seenUnsafe);
  }

  /**
   * The body threw; what that means is told by the exchange that Rotor saw, else by the exception.
   */
  public void threw(Throwable thrown) {
    // first of all, so that no fault of ours can lose the application's exception
    value = null;
    failure = thrown;
    Verdict meant = seen;
    boolean safe = !seenUnsafe;
    if (meant == null && terms != null) {
      meant = terms.failures().classify(thrown);
      safe = terms.failures().surelyNotSent(thrown);
      spent = safe ? Spent.NOTHING : spent;
    } else if (meant != null && meant.outcome() == Outcome.SUCCESS) {
      meant = null;
    }
    settle(null, thrown, meant, safe);
  }

  /**
   * The attempt came to this.
   *
   * @param result what it returned: the answer of an exchange, which may be one of failure
   * @param thrown what it threw
   * @param meant its outcome; null: a failure that is the application's own affair
   * @param safe running it again cannot do a thing twice
   */
  public void settle(
      @Nullable Object result, @Nullable Throwable thrown, @Nullable Verdict meant, boolean safe) {
    if (state != State.RUNNING) {
      return;
    }
    value = result;
    failure = thrown;
    verdict = meant;
    repeatable = safe || plan.idempotent() || (meant != null && isUnprocessed(meant.outcome()));
    now = engine.clock().nanoTime();
    Lane used = LANE.getAndSet(this, null);
    if (used != null) {
      settleLimits(used, KeyFeedback.spent(spent, meant));
      spent = Spent.UNTOLD;
      if (meant == null) {
        used.ended(now - attemptStart);
      } else {
        KeyFeedback.give(
            used, meant, now - attemptStart, now, requireNonNull(terms), engine.random());
      }
    }
    if (meant == null || terms == null || !repeats || !goesOn(meant, used)) {
      end();
    }
  }

  /**
   * The answer of the attempt under way has begun to reach the application: nothing is sent again,
   * what it tells of its key counts at once, and the thread is out of the call. The attempt goes on
   * until {@link #settle}.
   *
   * @param safe as for {@link #settle}
   */
  public void begun(Verdict meant, boolean safe) {
    if (state != State.RUNNING) {
      return;
    }
    begun = true;
    repeats = false;
    repeatable = safe || plan.idempotent();
    Lane present = lane;
    if (present != null) {
      KeyFeedback.foretell(present, meant, engine.clock().nanoTime());
    }
    tellAround(meant);
    detach();
  }

  private void settleLimits(Lane used, Spent cost) {
    if (!uncounted) {
      used.settle(need, cost, takenAt, now);
    }
  }

  /** What the attempt under way has cost, as its answer tells; before {@link #settle}. */
  public void spent(Spent told) {
    spent = told;
  }

  /**
   * What the answer of the attempt under way tells of the provider's limits; before {@link #settle}
   * or {@link #begun}.
   */
  public void learn(List<LimitTold> told) {
    Lane present = lane;
    if (present != null && plan.api() != null) {
      Need taken = uncounted ? null : need;
      long learnedAt = engine.clock().nanoTime();
      plan.api().keys().learn(present, told, taken, reading, takenAt, learnedAt);
    }
  }

  private static boolean isUnprocessed(Outcome outcome) {
    return switch (outcome) {
      case RATE_LIMITED, QUOTA_EXCEEDED, UNAUTHORIZED -> true;
      default -> false;
    };
  }

  private boolean goesOn(Verdict meant, @Nullable Lane used) {
    return switch (meant.outcome()) {
      case SUCCESS, CLIENT_ERROR -> false;
      case RATE_LIMITED, QUOTA_EXCEEDED ->
          // without a key of its own, and without an exchange that rotated, only waiting is left
          used != null ? rotate(used.key(), meant) : seen == null && retry(meant.restNanos());
      case UNAUTHORIZED -> used != null && (reread(used.key()) || goOnWithout(used.key(), meant));
      case SERVER_ERROR, TIMEOUT, NETWORK -> repeatable && retry(meant.restNanos());
    };
  }

  private boolean goOnWithout(Key refused, Verdict meant) {
    return rounds().mayTryAnother(refused, requireNonNull(secret), meant) && rotate(refused, meant);
  }

  /** Whether the credentials are being read again elsewhere, which is to be waited for. */
  private boolean reread(Key refused) {
    reread = blocks ? null : rounds().rereadOn(engine.timer());
    if (reread == null) {
      return false;
    }
    doubted = refused;
    rereadStart = now;
    state = State.REREAD;
    return true;
  }

  private boolean awaitReread() {
    Signal done = requireNonNull(reread);
    long left = Math.min(rereadStart + LONGEST_REREAD_NANOS, deadline()) - now;
    if (left > 0 && !done.isFired()) {
      return pause(left, done);
    }
    if (!goOnWithout(requireNonNull(doubted), requireNonNull(verdict))) {
      end();
    }
    return true;
  }

  private Rounds rounds() {
    if (rounds == null) {
      rounds = new Rounds(requireNonNull(plan.api()), requireNonNull(terms));
    }
    return rounds;
  }

  private boolean rotate(Key from, Verdict why) {
    if (now - deadline() >= 0 || !rounds().tryRotate(from)) {
      return false;
    }
    site.stats().event(Event.ROTATION);
    requireNonNull(plan.api()).rotated(from, need.lane(), why);
    state = State.KEY;
    return true;
  }

  private boolean retry(long toldNanos) {
    if (outer != null || !mayWait()) {
      return false;
    }
    long delay = rounds().tryRetry(toldNanos, deadline() - now);
    if (delay < 0) {
      return false;
    }
    site.stats().event(Event.RETRY);
    rounds().backoffUntil(now + delay);
    state = State.BACKOFF;
    return true;
  }

  private boolean backOff() {
    long left = rounds().backoffUntil() - now;
    if (left > 0) {
      return pause(left, null);
    }
    state = beforeBody();
    return true;
  }

  private void exchangeEnded(@Nullable Verdict outcome, boolean safe) {
    seen = outcome;
    if (!safe) {
      seenUnsafe = true;
    }
    if (outer != null) {
      outer.exchangeEnded(outcome, safe);
    }
  }

  // ends

  /**
   * Whether it ended with a failure that its own further attempts could not better, or that the
   * call around it goes on to better: whoever called need not try either.
   */
  public boolean isGivenUp() {
    Verdict last = verdict;
    if (state != State.DONE || last == null || !repeats) {
      return false;
    }
    return switch (last.outcome()) {
      case SUCCESS, CLIENT_ERROR -> false;
      case RATE_LIMITED, QUOTA_EXCEEDED, UNAUTHORIZED -> true;
      case SERVER_ERROR, TIMEOUT, NETWORK -> repeatable && (attempts > 1 || outer != null);
    };
  }

  /** The API that it goes to, or the nearest call around it that is under way; null: none. */
  public @Nullable Api api() {
    for (Call call = this; call != null; call = call.previous) {
      if (call.plan.api() != null && !call.isAnswered()) {
        return call.plan.api();
      }
    }
    return null;
  }

  /** Whether its answer has {@link #begun}, or it has ended: nothing is sent in it any more. */
  public boolean isAnswered() {
    return begun || state == State.DONE;
  }

  /** Whether it has ended; what was told last is final then. */
  public boolean isOver() {
    return state == State.DONE;
  }

  /** Why it ended without any attempt; null: there was one, or a cached value. */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /**
   * How long after a {@link #refusal} another call may fare better; {@link Long#MAX_VALUE}:
   * unknown.
   */
  public long usableInNanos() {
    return usableInNanos;
  }

  /**
   * What the application gets.
   *
   * @throws Throwable the body's own exception, the same instance; or Rotor's, when no attempt was
   *     made
   */
  public @Nullable Object result() throws Throwable {
    if (failure != null) {
      throw failure;
    }
    return value;
  }

  /**
   * After the call was given up because of a fault of ours: its body's own result stands.
   *
   * @param result what the body returned
   * @param thrown what it threw
   */
  public void keep(@Nullable Object result, @Nullable Throwable thrown) {
    if (refusal == null && (load == null || !load.isHit())) {
      value = result;
      failure = thrown;
    }
  }

  /** The value, without throwing; null when it failed. */
  public @Nullable Object value() {
    return value;
  }

  /** The exception that {@link #result} throws; null when it does not. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Takes the calling thread out of the call, which goes on elsewhere. */
  public void detach() {
    if (!detached) {
      detached = true;
      context.current(previous);
    }
  }

  /**
   * Ends it at the application's wish or because its thread was interrupted; the attempt counts for
   * nothing.
   */
  public void cancel(String why) {
    if (state == State.DONE) {
      return;
    }
    if (attempts == 0) {
      boolean forLimit = wait == null && plan.limit() != null;
      refuse(forLimit ? Refusal.LIMIT_EXCEEDED : Refusal.NO_USABLE_KEY, why);
    } else {
      now = engine.clock().nanoTime();
      abandon();
    }
  }

  /** Ends it before anything was sent: it counts for nothing, and has cost nothing. */
  public void untouched() {
    if (state == State.DONE) {
      return;
    }
    Lane held = LANE.getAndSet(this, null);
    if (held != null && uncounted) {
      held.leave();
    } else if (held != null) {
      held.giveBack(need, takenAt, now);
    }
    attempts = 0;
    end();
  }

  /** Ends it at once, without a result of its own: a fault of Rotor's. */
  public void abandon() {
    if (state == State.DONE) {
      return;
    }
    Lane held = LANE.getAndSet(this, null);
    if (held != null) {
      // by the time that is known: a fault may well be the clock's
      settleLimits(held, Spent.UNTOLD);
      held.ended(Math.max(0, now - attemptStart));
    }
    end();
  }

  private void giveUp(Refusal why, String detail) {
    if (attempts == 0) {
      refuse(why, "no key of API `" + requireNonNull(plan.api()).name() + "` is usable: " + detail);
    } else {
      end();
    }
  }

  private void refuse(Refusal why, String detail) {
    refusal = why;
    failure = site.refusal(why, site.name() + ": " + detail);
    site.stats().event(Event.REFUSAL);
    if (outer != null) {
      // the outer call must not take the refusal for an answer that a retry could better
      outer.exchangeEnded(new Verdict(Outcome.RATE_LIMITED, -1, false, detail), true);
    }
    end();
  }

  private void end() {
    state = State.DONE;
    // first, so that no fault further down leaves the thread in a call that is over
    if (!detached) {
      context.current(previous);
    }
    leaveLine();
    if (load != null) {
      load.end(failure == null ? value : null);
    }
    if (attempts > 0) {
      long elapsed = now - startNanos;
      site.stats().record(elapsed);
      if (failure != null || verdict == null || verdict.outcome() != Outcome.SUCCESS) {
        site.stats().event(Event.FAILURE);
      }
      if (!begun || failure != null) {
        // else it was told when the answer began; by now the call around may be at another attempt
        tellAround(verdict);
      }
      if (outer == null && plan.api() != null) {
        plan.api().stats().count();
      }
    }
  }

  private void tellAround(@Nullable Verdict outcome) {
    if (terms != null && !repeatable) {
      // calls to other APIs around this one would do it a second time as well
      for (Call call = previous; call != null; call = call.previous) {
        call.seenUnsafe = true;
      }
    }
    if (outer != null) {
      outer.exchangeEnded(outcome, repeatable);
    }
  }
}
