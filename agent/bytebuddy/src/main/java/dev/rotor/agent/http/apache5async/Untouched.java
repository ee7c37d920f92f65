package dev.rotor.agent.http.apache5async;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** For the application's own request, which goes as it is. */
record Untouched(AsyncExecCallback client) implements OwnCallback {

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    return client.handleResponse(response, entity);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    client.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    client.completed();
  }

  @Override
  public void failed(Exception cause) {
    client.failed(cause);
  }
}
