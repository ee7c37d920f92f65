package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.HttpCall;
import java.io.IOException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** For an exchange that is to go on when a thread of the client's takes it up. */
record Resumption(HttpCall call, Above above) implements OwnCallback {

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    return above.handle(response, entity);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    above.callback().handleInformationResponse(response);
  }

  @Override
  public void completed() {
    above.completed();
  }

  /** The client was closed before any of its threads came to it. */
  @Override
  public void failed(Exception cause) {
    call.cancel();
    above.failed(cause);
  }
}
