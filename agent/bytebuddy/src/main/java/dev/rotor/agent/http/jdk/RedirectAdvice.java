package dev.rotor.agent.http.jdk;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into the constructors of a redirect's request: it may carry fewer headers than the first. */
@NullUnmarked
final class RedirectAdvice {

  private RedirectAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(0) URI target,
      @Advice.Argument(2) HttpRequest before,
      @Advice.FieldValue(value = "userHeaders", readOnly = false) HttpHeaders headers) {
    headers =
        (HttpHeaders) Bridge.adapt(adapter, type, new Object[] {before.uri(), target}, headers);
  }
}
