package dev.rotor.agent.http.apache5async;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The client's own handler of one message on the network, with a hand on the request where it
 * leaves: no code of the application's comes after that.
 */
record PlacingHandler(AsyncClientExchangeHandler client, Attempt attempt)
    implements AsyncClientExchangeHandler {

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    client.produceRequest(
        (request, entity, its) -> attempt.send(channel, request, entity, its), context);
  }

  @Override
  public int available() {
    return client.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    client.produce(channel);
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    client.consumeInformation(response, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    client.consumeResponse(response, entity, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    client.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    client.consume(source);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    client.streamEnd(trailers);
  }

  /** The client's handler would release the body's consumer before it tells of the failure. */
  @Override
  public void failed(Exception cause) {
    attempt.broke(cause);
    client.failed(cause);
  }

  @Override
  public void cancel() {
    client.cancel();
  }

  @Override
  public void releaseResources() {
    client.releaseResources();
  }
}
