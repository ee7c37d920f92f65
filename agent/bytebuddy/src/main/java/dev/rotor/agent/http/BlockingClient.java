package dev.rotor.agent.http;

import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client whose caller may block, as {@link BlockingExchange} sees it.
 *
 * @param <A> an answer of the client's
 */
public interface BlockingClient<A> {

  /** A request that is ready to be sent. */
  @FunctionalInterface
  interface Attempt<A> {
    A send() throws Throwable;
  }

  /** Makes the request of one attempt, without sending anything. */
  Attempt<A> prepare(RequestEdit edit) throws Throwable;

  /** Where it came from, after redirects; of its path nothing needs to be true. */
  URI address(A answer);

  int status(A answer);

  Headers headers(A answer);

  /**
   * Reads an answer's body, so that it can still be handed on.
   *
   * @return null: it is longer than {@code HttpCall.MOST_HELD}
   */
  byte @Nullable [] hold(A answer) throws IOException;

  /** Closes an answer that nobody will see. */
  void drop(A answer);

  /**
   * Whether the request is given up: the application cancelled or interrupted it, or it was
   * redirected too often. No other attempt follows, and no key is to blame.
   */
  boolean isGivenUp(Throwable failure);

  /** Rotor's own answer in the client's form. */
  A refused(RefusedAnswer answer) throws Throwable;
}
