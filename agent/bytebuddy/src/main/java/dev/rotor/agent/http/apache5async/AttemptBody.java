package dev.rotor.agent.http.apache5async;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * The application's body for one attempt. A connection may still ask for more of it when the
 * attempt is over, since an error may be answered early, and by then the producer serves the next
 * one.
 */
final class AttemptBody implements AsyncEntityProducer {

  private final AsyncEntityProducer application;
  private volatile boolean over;

  AttemptBody(AsyncEntityProducer application) {
    this.application = application;
  }

  void over() {
    over = true;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (over) {
      channel.endStream();
    } else {
      application.produce(channel);
    }
  }

  @Override
  public int available() {
    return over ? 0 : application.available();
  }

  @Override
  public boolean isRepeatable() {
    return application.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    application.failed(cause);
  }

  @Override
  public long getContentLength() {
    return application.getContentLength();
  }

  @Override
  public String getContentType() {
    return application.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return application.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return application.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return application.getTrailerNames();
  }

  @Override
  public void releaseResources() {
    if (!over) {
      application.releaseResources();
    }
  }
}
