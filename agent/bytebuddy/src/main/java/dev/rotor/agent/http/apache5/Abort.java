package dev.rotor.agent.http.apache5;

import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.HttpCall;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.jspecify.annotations.Nullable;

/**
 * What runs when the application cancels its request, on whatever thread. The request of a redirect
 * is the client's own and cannot be cancelled while it waits for a key.
 */
final class Abort implements Cancellable {

  private final HttpCall call;
  private final Scope scope;
  private volatile @Nullable AnswerBody body;

  Abort(HttpCall call, Scope scope) {
    this.call = call;
    this.scope = scope;
  }

  void install() {
    if (scope.originalRequest instanceof CancellableDependency request) {
      request.setDependency(this);
    }
  }

  /** The application has the answer and reads its body. */
  void reads(AnswerBody answer) {
    body = answer;
    if (scope.execRuntime.isExecutionAborted()) {
      answer.close();
    }
  }

  @Override
  public boolean cancel() {
    call.cancel();
    AnswerBody read = body;
    if (read != null) {
      read.close();
    }
    ExecRuntime runtime = scope.execRuntime;
    return runtime instanceof Cancellable connection && connection.cancel();
  }
}
