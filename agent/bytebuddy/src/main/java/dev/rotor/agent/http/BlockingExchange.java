package dev.rotor.agent.http;

import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import org.jspecify.annotations.Nullable;

/** The loop around an exchange that all clients share whose caller may block. */
public final class BlockingExchange<A> {

  private final HttpCall call;
  private final BlockingClient<A> client;
  private @Nullable A held;
  private @Nullable Throwable failure;

  private BlockingExchange(HttpCall call, BlockingClient<A> client) {
    this.call = call;
    this.client = client;
  }

  /**
   * Sends a request with as many attempts as it takes.
   *
   * @return the last answer
   * @throws UntouchedException the client is to send the application's own request
   * @throws Throwable what the client threw last
   */
  public static <A> A run(HttpCall call, BlockingClient<A> client) throws Throwable {
    return new BlockingExchange<>(call, client).run();
  }

  private A run() throws Throwable {
    boolean sent = false;
    while (proceed()) {
      BlockingClient.Attempt<A> attempt;
      try {
        attempt = client.prepare(call);
      } catch (Throwable fault) {
        call.abandon();
        if (sent) {
          break;
        }
        throw new UntouchedException(fault);
      }
      A before = held;
      drop();
      try {
        A answer = send(attempt);
        if (answer != null) {
          return answer;
        }
      } catch (UntouchedException unsent) {
        if (!sent || !unsent.isFault()) {
          throw unsent;
        }
        held = before;
        break;
      }
      sent = true;
    }
    return result();
  }

  private boolean proceed() throws UntouchedException {
    try {
      return call.proceed();
    } catch (Throwable fault) {
      throw new UntouchedException(fault);
    }
  }

  /** The final answer; null: it is held, or there is none. */
  private @Nullable A send(BlockingClient.Attempt<A> attempt) throws Throwable {
    A answer = null;
    try {
      answer = attempt.send();
      failure = null;
      if (client.isUnsent(answer)) {
        call.abandon();
        return answer;
      }
      call.from(client.address(answer));
      int status = client.status(answer);
      byte[] body = call.holds(status) ? client.hold(answer) : null;
      if (body == null) {
        return client.handOn(answer, call);
      }
      held = answer;
      var unused = call.answered(status, client.headers(answer), body);
    } catch (Throwable thrown) {
      if (answer != null) {
        client.drop(answer);
      }
      if (thrown instanceof UntouchedException unsent) {
        call.abandon();
        throw unsent;
      }
      if (thrown instanceof ForeignCredentialException) {
        call.pass();
        throw UntouchedException.foreignCredential();
      }
      if (client.isGivenUp(thrown)) {
        call.cancel();
        throw thrown;
      }
      failure = thrown;
      if (!call.failed(thrown)) {
        throw thrown;
      }
    }
    return null;
  }

  private void drop() {
    A answer = held;
    held = null;
    if (answer != null) {
      client.drop(answer);
    }
  }

  private A result() throws Throwable {
    A answer = held;
    if (answer != null) {
      return client.marked(answer, call.answerHeaders());
    }
    if (failure != null) {
      throw failure;
    }
    RefusedAnswer refused = call.refused();
    if (refused == null) {
      throw new UntouchedException(new IllegalStateException("no attempt and no refusal"));
    }
    return client.refused(refused);
  }
}
