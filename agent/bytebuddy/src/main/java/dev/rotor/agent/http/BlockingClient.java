package dev.rotor.agent.http;

import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
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
    /**
     * Sends it.
     *
     * @throws UntouchedException a fault of Rotor's, of which nothing has left yet. A client that
     *     throws this is one whose held answers can be handed on after {@link #drop}, too
     */
    A send() throws Throwable;
  }

  /**
   * Makes the request of one attempt, without sending anything: with {@link HttpCall#edit}, or, for
   * clients in which code of the application's comes later, towards {@link HttpCall#target}.
   */
  Attempt<A> prepare(HttpCall call) throws Throwable;

  /**
   * Whether this is the word of a proxy that would not let the request through: nothing of it has
   * left, so the answer is handed on as it is and says nothing about the key.
   */
  default boolean isUnsent(A answer) {
    return false;
  }

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

  /**
   * Hands an answer on as it is: tells {@link HttpCall#passed} and has the body watched, unless
   * that has been done.
   */
  A handOn(A answer, HttpCall call) throws Throwable;

  /** Adds headers to the held answer that is the last; where a client cannot, it does not. */
  default A marked(A answer, Map<String, String> headers) {
    return answer;
  }

  /** Closes an answer that nobody will see. */
  void drop(A answer);

  /**
   * Whether the request is given up: the application cancelled or interrupted it, its own pool had
   * no connection in time, a proxy would not let it through, or it was redirected too often. No
   * other attempt follows, and no key is to blame.
   */
  boolean isGivenUp(Throwable failure);

  /** Rotor's own answer in the client's form. */
  A refused(RefusedAnswer answer) throws Throwable;
}
