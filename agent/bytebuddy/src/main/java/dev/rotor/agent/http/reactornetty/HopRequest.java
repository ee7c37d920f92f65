package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.Request;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A request at the end of the client's pipeline, as the engine sees it. */
record HopRequest(String method, URI uri, HttpHeaders headers) implements Request {

  @Override
  public @Nullable String first(String name) {
    return headers.get(name);
  }

  @Override
  public boolean isReplayable() {
    return true;
  }

  @Override
  public byte @Nullable [] body(int limit) {
    return null;
  }

  @Override
  public String toString() {
    return method + " " + uri.getHost();
  }
}
