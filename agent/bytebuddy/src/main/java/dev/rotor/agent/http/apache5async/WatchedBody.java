package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.AnswerBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * The application's own consumer, with what passes told. The last byte is told before the
 * application sees it, so that its next request finds the key's place free.
 */
record WatchedBody(AsyncDataConsumer application, AnswerBody body) implements AsyncDataConsumer {

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    application.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    if (body.isRead()) {
      body.read(source);
    }
    application.consume(source);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    body.end();
    application.streamEnd(trailers);
  }

  @Override
  public void releaseResources() {
    body.close();
    application.releaseResources();
  }
}
