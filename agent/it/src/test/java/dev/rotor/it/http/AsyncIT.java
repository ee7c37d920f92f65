package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.Fault;
import dev.rotor.samples.stub.ReceivedRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Callers that do not wait, requests that are given up, and time-outs. */
class AsyncIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ONE_PLACE =
      """
      profile: generic-bearer
      base-url: <url>
      wait: 20s
      keys: [{name: alpha, secret: "${KEY_ALPHA}", limits: {concurrent: 1}}]
      """;

  @TestFactory
  Stream<DynamicNode> requestsOnTheirWay() {
    return new Table()
        .row(
            Scenario.of("the caller does not wait for a key", ONE_PLACE, AsyncIT::callerGoesOn)
                .with(Way.ASYNC))
        .row("a cancelled request is stopped and frees its key", ONE_PLACE, AsyncIT::cancelled)
        .row("a request that waits for a key can be cancelled", ONE_PLACE, AsyncIT::cancelledInLine)
        .row(
            Scenario.of("an interrupt ends the wait for a key", ONE_PLACE, AsyncIT::interrupted)
                .with(Way.BLOCKING))
        .row(
            "a time-out of the client's is its own, and frees the key",
            ONE_PLACE + "retry: off\n",
            AsyncIT::timesOut)
        .row("a time-out of a GET is retried", Apis.ONE_KEY, AsyncIT::timeoutRetried)
        .row(
            "a host that refuses connections",
            Apis.ONE_KEY.replace("<url>", "http://127.0.0.1:1") + "retry: off\n",
            AsyncIT::refusedConnection)
        .run();
  }

  private static void slow(Case it, long number) {
    it.provider().faultAt(number, Fault.slow(LONG));
  }

  private static ReceivedRequest awaitRequest(Case it, long number) throws InterruptedException {
    return it.provider().await(request -> request.number() == number, PATIENCE);
  }

  private static void awaitAborted(Case it, long number) throws InterruptedException {
    it.provider().await(request -> request.number() == number && request.aborted(), PATIENCE);
  }

  private static void callerGoesOn(Case it) throws Exception {
    slow(it, 1);
    Sending.Started first = it.get("/echo/first").start();
    awaitRequest(it, 1);
    Sending.Started second = it.get("/echo/second").start();
    assertThat(second.millis()).as("it waits for the first, not its caller").isLessThan(2000);
    assertThat(it.keys()).containsExactly("alpha");
    first.cancel();
    assertThat(second.await().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
    first.await();
  }

  private static void cancelled(Case it) throws Exception {
    slow(it, 1);
    Sending.Started started = it.get("/echo").start();
    awaitRequest(it, 1);
    assertThat(started.cancel().words().get("cancelled")).isEqualTo("true");
    awaitAborted(it, 1);
    Seen seen = started.await();
    assertThat(seen.failure()).as("%s", seen).isIn(ownFailuresOfCancel(it.way(), true));
    assertThat(it.get("/echo").send().status()).as("the key's only place").isEqualTo(200);
    assertThat(it.keys()).as("not sent again").containsExactly("alpha", "alpha");
  }

  private static List<String> ownFailuresOfCancel(Way way, boolean connected) {
    return switch (way) {
      case JDK_SEND -> List.of("java.lang.InterruptedException");
      case JDK_ASYNC -> List.of("java.util.concurrent.CancellationException");
      // the second is a race in the JDK's own
      case URL -> List.of("java.net.SocketException", "java.lang.RuntimeException");
      // and so is the third: a TLS socket that another thread closes may read as timed out
      case URL_HTTPS ->
          List.of(
              "java.net.SocketException",
              "java.lang.RuntimeException",
              "java.net.SocketTimeoutException");
      case OKHTTP, OKHTTP_ENQUEUE ->
          List.of(connected ? "java.net.SocketException" : "java.io.IOException");
    };
  }

  /** Long before the wait would end by itself. */
  private static void cancelledInLine(Case it) throws Exception {
    slow(it, 1);
    Sending.Started first = it.get("/echo/first").start();
    awaitRequest(it, 1);
    Sending.Started second = it.get("/echo/second").start();
    second.awaitParked();
    long start = System.nanoTime();
    second.cancel();
    Seen seen = second.await();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(seen.failure()).as("%s", seen).isIn(ownFailuresOfCancel(it.way(), false));
    first.cancel();
    first.await();
    assertThat(it.get("/echo/third").send().status()).isEqualTo(200);
    assertThat(it.provider().requests())
        .extracting(ReceivedRequest::path)
        .containsExactly("/echo/first", "/echo/third");
  }

  private static void interrupted(Case it) throws Exception {
    slow(it, 1);
    Sending.Started first = it.get("/echo/first").start();
    awaitRequest(it, 1);
    Sending.Started second = it.get("/echo/second").start();
    second.awaitParked();
    second.interrupt();
    Seen seen = second.await();
    assertThat(seen.failure())
        .as("%s", seen)
        .isIn("java.lang.InterruptedException", "java.io.InterruptedIOException");
    if (it.way() != Way.JDK_SEND) {
      // an InterruptedException clears the flag, by the rules of the language
      assertThat(seen.words().get("interrupted")).isEqualTo("true");
    }
    first.cancel();
    first.await();
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void timesOut(Case it) throws Exception {
    slow(it, 1);
    Seen seen = it.get("/echo").timeout(Duration.ofMillis(200)).send();
    assertThat(seen.failure())
        .as("%s", seen)
        .isIn("java.net.http.HttpTimeoutException", "java.net.SocketTimeoutException");
    awaitAborted(it, 1);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha", "alpha");
  }

  private static void timeoutRetried(Case it) {
    slow(it, 1);
    Seen seen = it.get("/echo").timeout(Duration.ofMillis(400)).send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(it.keys()).hasSizeGreaterThan(1).containsOnly("alpha");
  }

  private static void refusedConnection(Case it) {
    Seen seen = it.get("http://127.0.0.1:1/echo").send();
    assertThat(seen.failure()).as("%s", seen).isEqualTo("java.net.ConnectException");
  }
}
