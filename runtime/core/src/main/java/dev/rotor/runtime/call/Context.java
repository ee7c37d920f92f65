package dev.rotor.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The call that a thread is in, if any. An exchange or an inner site asks here whether it joins a
 * call. One instance per thread; not thread-safe.
 */
final class Context {

  private static final ThreadLocal<Context> CONTEXT = ThreadLocal.withInitial(Context::new);

  private @Nullable Call current;
  private @Nullable Call resuming;

  private Context() {}

  static Context get() {
    return CONTEXT.get();
  }

  @Nullable Call current() {
    return current;
  }

  void current(@Nullable Call call) {
    current = call;
  }

  /**
   * The next entry of {@code call}'s own site on this thread is its next attempt, and no new call.
   */
  void resume(@Nullable Call call) {
    resuming = call;
  }

  /** Whether an entry of {@code site} is an attempt of a call that is under way; asked once. */
  boolean takeResumed(Site site) {
    Call call = resuming;
    if (call == null || call.site() != site) {
      return false;
    }
    resuming = null;
    return true;
  }
}
