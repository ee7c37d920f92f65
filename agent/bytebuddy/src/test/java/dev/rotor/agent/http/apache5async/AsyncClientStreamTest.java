package dev.rotor.agent.http.apache5async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.agent.http.Engines;
import dev.rotor.agent.http.FakeTime;
import dev.rotor.runtime.Rotor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer that passes keeps its key's place until its last byte, or until it breaks. */
@Timeout(60)
class AsyncClientStreamTest {

  private final CountDownLatch half = new CountDownLatch(1);
  private HalfAnswers provider;
  private CloseableHttpAsyncClient client;

  @SuppressWarnings("NullAway") // set before each test
  AsyncClientStreamTest() {}

  @BeforeEach
  void start() throws Exception {
    provider = new HalfAnswers();
    Rotor rotor =
        Engines.of(
            provider.port(),
            new FakeTime(),
            "profile: generic-bearer",
            "keys: [{name: only, secret: %s, limits: {concurrent: 1}}]".formatted(Engines.FIRST));
    client =
        HttpAsyncClientBuilder.create()
            .disableAutomaticRetries()
            .replaceExecInterceptor(ChainElement.CONNECT.name(), new Woven(rotor.exchanges()))
            .build();
    client.start();
  }

  @AfterEach
  void close() throws Exception {
    client.close(CloseMode.IMMEDIATE);
    provider.close();
  }

  private Future<Integer> send(URI uri) {
    return client.execute(
        SimpleRequestProducer.create(SimpleRequestBuilder.get(uri).build()),
        new Reading(half),
        null);
  }

  private int otherRequest() throws Exception {
    return send(provider.uri("/other")).get();
  }

  private Future<Integer> stream() throws Exception {
    Future<Integer> stream = send(provider.uri("/stream"));
    half.await();
    assertThat(otherRequest()).isEqualTo(429);
    return stream;
  }

  @Test
  void theLastByteFreesIt() throws Exception {
    Future<Integer> stream = stream();

    provider.finish();

    assertThat(stream.get()).isEqualTo(200);
    assertThat(otherRequest()).isEqualTo(200);
  }

  @Test
  void cancellingFreesIt() throws Exception {
    Future<Integer> stream = stream();

    stream.cancel(true);

    assertThat(otherRequest()).isEqualTo(200);
  }

  @Test
  void aBrokenConnectionFreesIt() throws Exception {
    Future<Integer> stream = stream();

    provider.reset();

    assertThatThrownBy(stream::get).hasCauseInstanceOf(java.io.IOException.class);
    assertThat(otherRequest()).isEqualTo(200);
  }

  /** Takes a body as it comes; the result is the answer's status. */
  private static final class Reading extends AbstractBinResponseConsumer<Integer> {

    private final CountDownLatch half;
    private int status;

    Reading(CountDownLatch half) {
      this.half = half;
    }

    @Override
    protected void start(HttpResponse response, ContentType type) {
      status = response.getCode();
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) {
      source.position(source.limit());
      half.countDown();
    }

    @Override
    protected Integer buildResult() {
      return status;
    }

    @Override
    public void failed(Exception cause) {
      // the future tells
    }

    @Override
    public void informationResponse(
        HttpResponse response, org.apache.hc.core5.http.protocol.HttpContext context) {
      // none is sent
    }

    @Override
    public void releaseResources() {
      // has none
    }
  }
}
