package dev.rotor.runtime.call;

import dev.rotor.runtime.config.RetrySettings;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.key.Key;
import dev.rotor.runtime.time.Signal;
import dev.rotor.runtime.time.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two budgets of a call whose first attempt did not do: rotations and retries, and what it has
 * learned of refused credentials. A call that succeeds at once never has one.
 */
final class Rounds {

  private final Api api;
  private final Api.Terms terms;
  private int rotations;
  private int retries;
  private long backoffUntil;
  private boolean reread;
  private @Nullable Key refused;
  private final List<Key> tried = new ArrayList<>();

  Rounds(Api api, Api.Terms terms) {
    this.api = api;
    this.terms = terms;
  }

  /** Takes a rotation away from a key; false when {@code rotate.max} is reached. */
  boolean tryRotate(Key from) {
    if (rotations >= terms.settings().rotateMax()) {
      return false;
    }
    rotations++;
    tried.add(from);
    return true;
  }

  /** The keys that were at fault since the call began or backed off; others are to be preferred. */
  List<Key> tried() {
    return tried;
  }

  /**
   * Takes a retry.
   *
   * @param toldNanos how long the service asked to wait; -1: it did not
   * @param leftNanos until the deadline
   * @return nanoseconds to back off; -1: there is none left, or it would come too late
   */
  long tryRetry(long toldNanos, long leftNanos) {
    RetrySettings settings = terms.settings().retry();
    if (retries >= settings.max() || toldNanos > settings.maxBackoff().toNanos()) {
      // sooner than told would be against the provider's word, and nobody waits that long
      return -1;
    }
    long delay = Math.max(toldNanos, terms.backoff().nanos(retries + 1));
    if (delay >= leftNanos || !terms.budget().tryRetry()) {
      return -1;
    }
    retries++;
    tried.clear();
    return delay;
  }

  /** When the back-off of the retry that was taken last ends. */
  long backoffUntil() {
    return backoffUntil;
  }

  void backoffUntil(long instant) {
    backoffUntil = instant;
  }

  /**
   * Has the credentials read again on a thread of Rotor's, for a call that may not block on files;
   * the answer to {@link #mayTryAnother} waits for it.
   *
   * @return fires when that is done; null: it has been done for this call
   */
  @Nullable Signal rereadOn(Timer timer) {
    if (reread) {
      return null;
    }
    reread = true;
    Signal done = new Signal();
    timer.schedule(
        () -> {
          try {
            api.rereadCredentials();
          } finally {
            done.fire();
          }
        },
        0);
    return done;
  }

  /** After a refused credential: the same key if its secret has changed meanwhile, else another. */
  boolean mayTryAnother(Key key, Secret used, Verdict meant) {
    if (refused != null && refused != key) {
      // two keys in one call: it is the call that is refused
      refused.enable();
      return false;
    }
    if (!reread) {
      reread = true;
      api.rereadCredentials();
    }
    if (key.secret().equals(used)) {
      KeyFeedback.disable(api.name(), key, meant.cause());
      refused = key;
    }
    return true;
  }
}
