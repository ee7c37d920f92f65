package dev.rotor.runtime.http;

import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectStreamException;
import java.io.UnsupportedEncodingException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What the type of an exception, or of one of its causes, says; the first that is specific wins.
 */
enum FailureKind {
  /** The request never left. */
  NOT_SENT,
  /** Some time after the request may have left. */
  TIMEOUT,
  RATE_LIMITED,
  /** An I/O failure that its type says nothing more about: reset, closed, TLS. */
  IO,
  /** Interrupted, cancelled, or about a file or a document: no business of ours. */
  LOCAL,
  UNKNOWN;

  // By name, on superclasses too: types of libraries, and of java.net.http, a module that an
  // application may run without.
  private static final Set<String> LOCAL_TYPES =
      Set.of(
          "com.fasterxml.jackson.core.JacksonException",
          "com.fasterxml.jackson.core.JsonProcessingException",
          "com.google.gson.stream.MalformedJsonException");

  private static final Set<String> TIMEOUT_TYPES =
      Set.of("java.net.http.HttpTimeoutException", "io.netty.handler.timeout.TimeoutException");

  private static final Set<String> NOT_SENT_TYPES =
      Set.of("java.net.http.HttpConnectTimeoutException");

  static FailureKind of(Throwable failure) {
    FailureKind kind = UNKNOWN;
    int depth = 0;
    for (@Nullable Throwable at = failure;
        at != null && depth < FailureText.DEEPEST;
        at = at.getCause(), depth++) {
      FailureKind one = ofOne(at);
      if (one != UNKNOWN && one != IO) {
        return one;
      }
      kind = one == IO ? IO : kind;
    }
    return kind;
  }

  private static FailureKind ofOne(Throwable failure) {
    if (isLocal(failure)) {
      return LOCAL;
    } else if (isNotSent(failure)) {
      return NOT_SENT;
    } else if (isTimeout(failure)) {
      return TIMEOUT;
    } else if (isNamedAfterRates(failure.getClass().getSimpleName())) {
      return RATE_LIMITED;
    }
    return failure instanceof IOException ? IO : UNKNOWN;
  }

  private static boolean isLocal(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof CancellationException
        || failure instanceof ClosedByInterruptException
        || isCancelled(failure)
        || failure instanceof FileNotFoundException
        || failure instanceof FileSystemException
        || failure instanceof MalformedURLException
        || failure instanceof UnsupportedEncodingException
        || failure instanceof CharacterCodingException
        || failure instanceof CharConversionException
        || failure instanceof ObjectStreamException
        || failure instanceof ZipException
        || hasType(failure, LOCAL_TYPES);
  }

  /** OkHttp says so in a message only, for a cancelled call and for an interrupted thread. */
  private static boolean isCancelled(Throwable failure) {
    if (!(failure instanceof IOException)) {
      return false;
    }
    String message = failure.getMessage();
    return "Canceled".equals(message)
        || (failure.getClass() == InterruptedIOException.class
            && !"timeout".equalsIgnoreCase(message));
  }

  private static boolean isNotSent(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnresolvedAddressException
        || hasType(failure, NOT_SENT_TYPES)
        || (failure instanceof InterruptedIOException && isConnectTimeout(failure));
  }

  /** The JDK says it in the message, Apache HttpClient in the type (pool included). */
  private static boolean isConnectTimeout(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return type.equals("ConnectTimeoutException")
        || type.equals("ConnectionPoolTimeoutException")
        || type.equals("ConnectionRequestTimeoutException")
        || (message != null && message.toLowerCase(Locale.ROOT).contains("connect timed out"));
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof SocketTimeoutException
        || failure instanceof InterruptedIOException
        || failure instanceof TimeoutException
        || hasType(failure, TIMEOUT_TYPES);
  }

  /** SDKs call it RateLimitException, RateLimitError, TooManyRequestsException. */
  private static boolean isNamedAfterRates(String type) {
    return type.startsWith("RateLimit") || type.startsWith("TooManyRequests");
  }

  private static boolean hasType(Throwable failure, Set<String> names) {
    for (Class<?> type = failure.getClass();
        type != null && type != Throwable.class;
        type = type.getSuperclass()) {
      if (names.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }
}
