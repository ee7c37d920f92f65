package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/**
 * Into the codecs' {@code writeRequestHeaders}: below all that the application could look with,
 * event listeners included, the key comes into the request.
 */
@NullUnmarked
final class LeavingAdvice {

  private LeavingAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object request) {
    request = Bridge.adapt(adapter, type, null, request);
  }
}
