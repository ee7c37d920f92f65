package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.junit.jupiter.api.Test;

class CollectedBodyTest {

  private static final byte[] TEXT = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);

  private final AsyncEntityProducer producer = new BasicAsyncEntityProducer(TEXT, null);

  @Test
  void aBodyInMemoryIsThereAndCanStillBeSent() {
    assertThat(CollectedBody.of(producer, 1000)).isEqualTo(TEXT);
    assertThat(CollectedBody.of(producer, TEXT.length)).isEqualTo(TEXT);
  }

  @Test
  void aLongerOneIsNot() {
    assertThat(CollectedBody.of(producer, TEXT.length - 1)).isNull();
  }

  @Test
  void oneThatComesLaterIsNot() {
    AsyncEntityProducer later =
        new AbstractBinAsyncEntityProducer(0, ContentType.TEXT_PLAIN) {
          @Override
          protected int availableData() {
            return 0;
          }

          @Override
          protected void produceData(StreamChannel<ByteBuffer> channel) {
            // nothing yet
          }

          @Override
          public long getContentLength() {
            return 5;
          }

          @Override
          public boolean isRepeatable() {
            return true;
          }

          @Override
          public void failed(Exception cause) {
            // nothing is sent
          }
        };

    assertThat(CollectedBody.of(later, 1000)).isNull();
  }
}
