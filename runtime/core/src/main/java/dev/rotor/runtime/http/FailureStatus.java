package dev.rotor.runtime.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP status that an exception or one of its causes carries. */
final class FailureStatus {
  /** What HttpURLConnection throws from {@code getInputStream()} for most statuses from 400 on. */
  private static final String JDK_MESSAGE = "Server returned HTTP response code: ";

  private FailureStatus() {}

  /** An error status from 400 on, or -1. */
  static int of(Throwable failure) {
    int depth = 0;
    for (@Nullable Throwable at = failure;
        at != null && depth < FailureText.DEEPEST;
        at = at.getCause(), depth++) {
      int status = ofOne(at);
      if (status >= 0) {
        return status;
      }
    }
    return -1;
  }

  private static int ofOne(Throwable failure) {
    if (failure.getClass() == IOException.class || failure instanceof FileNotFoundException) {
      return ofMessage(failure);
    }
    List<MethodHandle> getters = StatusGetters.of(failure.getClass());
    for (int i = 0; i < getters.size(); i++) {
      int status = StatusGetters.call(getters.get(i), failure);
      if (isError(status)) {
        return status;
      }
    }
    return -1;
  }

  private static int ofMessage(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return -1;
    }
    if (failure instanceof FileNotFoundException) {
      // HttpURLConnection again, for 404 and 410, with the address as the message.
      return message.startsWith("http://") || message.startsWith("https://") ? 404 : -1;
    }
    if (!message.startsWith(JDK_MESSAGE) || message.length() < JDK_MESSAGE.length() + 3) {
      return -1;
    }
    int status = 0;
    for (int i = JDK_MESSAGE.length(); i < JDK_MESSAGE.length() + 3; i++) {
      status = status * 10 + (message.charAt(i) - '0');
    }
    return isError(status) ? status : -1;
  }

  private static boolean isError(int status) {
    return status >= 400 && status <= 599;
  }
}
