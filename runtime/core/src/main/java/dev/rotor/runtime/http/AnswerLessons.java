package dev.rotor.runtime.http;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Spent;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.observe.Stats;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the answers of one exchange tell beside what they come to, each taken to whom it concerns:
 * the provider's limits and the account, the tokens that were used, ids that live in that account,
 * and what could not be understood.
 */
final class AnswerLessons {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerLessons.class);

  private final Call call;
  private final Upstream upstream;
  private final Request request;

  AnswerLessons(Call call, Upstream upstream, Request request) {
    this.call = call;
    this.upstream = upstream;
    this.request = request;
  }

  /** Of a status and headers; whether they told of limits. */
  boolean ofHeaders(Key key, int status, Headers headers) {
    Profile profile = upstream.profile();
    Consumer<Oddity> odd = upstream.oddities().of(key);
    List<LimitTold> told = profile.limits(headers, odd);
    if (status >= 400) {
      profile.oddWaits(headers, odd);
    }
    String account = profile.account(headers);
    synchronized (call) {
      if (account != null) {
        upstream.api().keys().learnAccount(key, account);
      }
      if (!told.isEmpty()) {
        call.learn(told);
      }
    }
    return !told.isEmpty();
  }

  /**
   * Of a body that was held.
   *
   * @param isPart whether there is more of it than this
   */
  void ofBody(Key key, int status, Headers headers, byte[] body, boolean isPart) {
    Usage usage = upstream.profile().usage(body, odd(key, headers, isPart));
    ofBody(key, usage, status < 300 ? upstream.profile().madeId(request, body) : null, true);
  }

  /**
   * Of a body that has passed.
   *
   * @param isWhole false: it ended early, and may have cost more than it has told by then
   */
  void ofBody(Key key, @Nullable Usage usage, @Nullable String madeId, boolean isWhole) {
    if (madeId != null) {
      upstream.boundIds().made(madeId, key.name());
    }
    if (usage == null) {
      if (!isWhole) {
        synchronized (call) {
          call.spent(atLeast(new Usage(-1, -1, -1), call.need()));
        }
      }
      return;
    }
    LOG.debug("{}: key {}: {}", call.site().name(), key, usage);
    for (Stats stats : List.of(key.stats(), call.site().stats(), upstream.api().stats())) {
      stats.tokens(usage.input(), usage.output(), usage.total());
    }
    synchronized (call) {
      call.spent(
          isWhole
              ? new Spent(true, usage.input(), usage.output(), usage.total())
              : atLeast(usage, call.need()));
    }
  }

  /** What was told, and where that is less than the estimate, the estimate. */
  private static Spent atLeast(Usage told, Need need) {
    return new Spent(
        true,
        Math.max(told.input(), need.inputTokens()),
        Math.max(told.output(), need.outputTokens()),
        Math.max(told.total(), need.tokens()));
  }

  /** Of a body that is not said to be JSON, or not all here, it is not odd that it is not whole. */
  private Consumer<Oddity> odd(Key key, Headers headers, boolean isPart) {
    Consumer<Oddity> odd = upstream.oddities().of(key);
    String type = headers.first("Content-Type");
    return !isPart && type != null && type.contains("json")
        ? odd
        : oddity -> {
          if (oddity.way() != Oddity.Way.BROKEN) {
            odd.accept(oddity);
          }
        };
  }
}
