package dev.rotor.agent.http.urlconnection;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.net.Proxy;
import java.net.URLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into {@code openConnection} of the protocol handlers: the adapter wraps what it returns. */
@NullUnmarked
final class OpenAdvice {

  private OpenAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(1) Proxy proxy,
      @Advice.Return(readOnly = false) URLConnection connection) {
    connection = (URLConnection) Bridge.adapt(adapter, type, proxy, connection);
  }
}
