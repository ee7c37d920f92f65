package dev.rotor.runtime.http;

import static dev.rotor.runtime.call.Outcome.CLIENT_ERROR;
import static dev.rotor.runtime.call.Outcome.NETWORK;
import static dev.rotor.runtime.call.Outcome.QUOTA_EXCEEDED;
import static dev.rotor.runtime.call.Outcome.RATE_LIMITED;
import static dev.rotor.runtime.call.Outcome.SERVER_ERROR;
import static dev.rotor.runtime.call.Outcome.TIMEOUT;
import static dev.rotor.runtime.call.Outcome.UNAUTHORIZED;
import static dev.rotor.runtime.http.Providers.OPENAI;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFailureTest {

  static List<Arguments> types() {
    return List.of(
        type(new ConnectException("Connection refused"), NETWORK, true),
        type(new UnknownHostException("api.example"), NETWORK, true),
        type(new NoRouteToHostException("No route to host"), NETWORK, true),
        type(new UnresolvedAddressException(), NETWORK, true),
        type(new HttpConnectTimeoutException("HTTP connect timed out"), NETWORK, true),
        type(new SocketTimeoutException("Connect timed out"), NETWORK, true),
        type(new ConnectTimeoutException(), NETWORK, true),
        type(new SocketTimeoutException("Read timed out"), TIMEOUT, false),
        type(new HttpTimeoutException("request timed out"), TIMEOUT, false),
        type(new InterruptedIOException("timeout"), TIMEOUT, false),
        type(new TimeoutException(), TIMEOUT, false),
        type(new SocketException("Connection reset"), NETWORK, false),
        type(new SSLHandshakeException("bad_certificate"), NETWORK, false),
        type(new ClosedChannelException(), NETWORK, false),
        type(new EOFException("end"), NETWORK, false),
        type(new IOException("unexpected end of stream"), NETWORK, false),
        type(new UncheckedIOException(new IOException("broken pipe")), NETWORK, false),
        type(new ExecutionException(new ConnectException()), NETWORK, true),
        type(new IOException("failed", new SocketTimeoutException("timeout")), TIMEOUT, false),
        type(
            new RuntimeException(new CompletionException(new UnknownHostException("h"))),
            NETWORK,
            true),
        type(new RateLimitException("slow down"), RATE_LIMITED, false),
        type(new InterruptedException(), null, false),
        type(new RuntimeException(new InterruptedException()), null, false),
        type(new InterruptedIOException("interrupted"), null, false),
        type(new ClosedByInterruptException(), null, false),
        type(new CancellationException(), null, false),
        type(new IOException("Canceled"), null, false),
        type(new FileNotFoundException("rates.csv (No such file or directory)"), null, false),
        type(new NoSuchFileException("rates.csv"), null, false),
        type(new IllegalStateException("no customer"), null, false),
        type(new NullPointerException(), null, false),
        type(new StackOverflowError(), null, false),
        type(new RuntimeException((String) null), null, false));
  }

  private static Arguments type(Throwable failure, @Nullable Outcome outcome, boolean notSent) {
    return Arguments.of(failure, outcome, notSent);
  }

  @ParameterizedTest
  @MethodSource("types")
  void theTypeTellsWhatTheStatusDoesNot(
      Throwable failure, @Nullable Outcome outcome, boolean notSent) {
    Verdict verdict = OPENAI.classify(failure);

    assertThat(verdict == null ? null : verdict.outcome()).isEqualTo(outcome);
    assertThat(OPENAI.surelyNotSent(failure)).isEqualTo(notSent);
  }

  static List<Arguments> statuses() {
    return List.of(
        Arguments.of(new StatusCode(429), RATE_LIMITED),
        Arguments.of(new StatusCode(503), SERVER_ERROR),
        Arguments.of(new StatusCode(404), CLIENT_ERROR),
        Arguments.of(new Code(401), UNAUTHORIZED),
        Arguments.of(new Boxed(402), QUOTA_EXCEEDED),
        Arguments.of(new Spring(new HttpStatus(408)), TIMEOUT),
        Arguments.of(new JaxRs(new Response(500)), SERVER_ERROR),
        Arguments.of(new Hidden(429), RATE_LIMITED),
        Arguments.of(new HttpRetryException("cannot retry", 429), RATE_LIMITED),
        Arguments.of(new ExecutionException(new StatusCode(429)), RATE_LIMITED),
        Arguments.of(new StatusCode(200, new StatusCode(429)), RATE_LIMITED),
        Arguments.of(new StatusCode(503, new ConnectException()), SERVER_ERROR),
        Arguments.of(
            new IOException("Server returned HTTP response code: 429 for URL: https://h/"),
            RATE_LIMITED),
        Arguments.of(new FileNotFoundException("https://api.example/v1/x"), CLIENT_ERROR));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void theStatusOfTheExceptionOrItsCauseComesFirst(Throwable failure, Outcome outcome) {
    Verdict verdict = requireNonNull(OPENAI.classify(failure));

    assertThat(verdict.outcome()).isEqualTo(outcome);
  }

  @Test
  void aNumberThatIsNoErrorStatusIsNotOne() {
    assertThat(OPENAI.classify(new Code(14))).isNull();
    assertThat(OPENAI.classify(new Code(200))).isNull();
    assertThat(OPENAI.classify(new Code(20429))).isNull();
    assertThat(OPENAI.classify(new Code(-1))).isNull();
  }

  @Test
  void gettersThatFailOrGiveNothingAreAsIfNotThere() {
    assertThat(OPENAI.classify(new Spring(null))).isNull();
    assertThat(OPENAI.classify(new Boxed(null))).isNull();
    assertThat(OPENAI.classify(new Broken())).isNull();
    assertThat(OPENAI.surelyNotSent(new Broken())).isFalse();
  }

  @Test
  void theMessageTellsAQuotaFromALimit() {
    Verdict verdict =
        requireNonNull(
            OPENAI.classify(
                new StatusCode(
                    429, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}")));

    assertThat(verdict.outcome()).isEqualTo(QUOTA_EXCEEDED);
    assertThat(verdict.restNanos()).isEqualTo(-1);
    assertThat(verdict.cause()).isEqualTo("429 StatusCode with a quota code");
  }

  @Test
  void theMessageTellsAWaitAlthoughTheHeadersAreLost() {
    Verdict verdict =
        requireNonNull(
            OPENAI.classify(
                new RuntimeException(
                    "wrapped",
                    new StatusCode(429, "Rate limit reached. Please try again in 1.5s."))));

    assertThat(verdict.restNanos()).isEqualTo(Duration.ofMillis(1500).toNanos());
  }

  @Test
  void theBodyInAMessageIsReadAtTheProfilesPointers() {
    Verdict verdict =
        requireNonNull(
            Providers.GEMINI.classify(
                new StatusCode(
                    429,
                    "HTTP 429 {\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"retryDelay\":"
                        + "\"36s\"}]}}")));

    assertThat(verdict.outcome()).isEqualTo(RATE_LIMITED);
    assertThat(verdict.restNanos()).isEqualTo(Duration.ofSeconds(36).toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rate limit reached for gpt-4o", "code rate_limit_exceeded"})
  void wordsOfTheProfileAreTheLastSource(String message) {
    for (Throwable failure :
        List.of(
            new IllegalStateException(message), new IOException("call", new Exception(message)))) {
      Verdict verdict = requireNonNull(OPENAI.classify(failure));

      assertThat(verdict.outcome()).isEqualTo(RATE_LIMITED);
    }
    assertThat(Providers.PLAIN.classify(new IllegalStateException(message))).isNull();
  }

  @Test
  void aCircleOfCausesEnds() {
    Exception first = new Exception("a");
    Exception second = new Exception("b", first);
    first.initCause(second);

    assertThat(OPENAI.classify(first)).isNull();
    assertThat(OPENAI.surelyNotSent(first)).isFalse();
  }

  @Test
  void whatIsKeptOfAnExceptionsClassGoesWithItsLoader() throws Exception {
    WeakReference<ClassLoader> loader = classifyFromALoaderOfItsOwn();

    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
    }
    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> classifyFromALoaderOfItsOwn() throws Exception {
    URL classes = StatusCode.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(StatusCode.class.getName());
      Constructor<?> constructor = type.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      Throwable failure = (Throwable) constructor.newInstance(429);
      assertThat(failure).isNotInstanceOf(StatusCode.class);
      assertThat(requireNonNull(OPENAI.classify(failure)).outcome()).isEqualTo(RATE_LIMITED);
      return new WeakReference<>(loader);
    }
  }

  public static class StatusCode extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    StatusCode(int status) {
      this.status = status;
    }

    StatusCode(int status, String message) {
      super(message);
      this.status = status;
    }

    StatusCode(int status, Throwable cause) {
      super(cause);
      this.status = status;
    }

    public int statusCode() {
      return status;
    }
  }

  /** Not public itself: the method is reached through its public superclass. */
  private static final class Hidden extends StatusCode {
    private static final long serialVersionUID = 1;

    Hidden(int status) {
      super(status);
    }

    @Override
    public int statusCode() {
      return super.statusCode();
    }
  }

  public static final class Code extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Code(int status) {
      this.status = status;
    }

    public int code() {
      return status;
    }
  }

  public static final class Boxed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final @Nullable Integer status;

    Boxed(@Nullable Integer status) {
      this.status = status;
    }

    public @Nullable Integer getStatus() {
      return status;
    }
  }

  public record HttpStatus(int value) {}

  public static final class Spring extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient @Nullable HttpStatus status;

    Spring(@Nullable HttpStatus status) {
      this.status = status;
    }

    public @Nullable HttpStatus getStatusCode() {
      return status;
    }
  }

  public record Response(int getStatus) {}

  public static final class JaxRs extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Response response;

    JaxRs(Response response) {
      this.response = response;
    }

    public Response getResponse() {
      return response;
    }
  }

  @SuppressWarnings("DoNotCallSuggester")
  public static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public int statusCode() {
      throw new IllegalStateException("no");
    }

    @Override
    public String getMessage() {
      throw new IllegalStateException("no");
    }
  }

  private static final class RateLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RateLimitException(String message) {
      super(message);
    }
  }

  private static final class ConnectTimeoutException extends InterruptedIOException {
    private static final long serialVersionUID = 1;
  }
}
