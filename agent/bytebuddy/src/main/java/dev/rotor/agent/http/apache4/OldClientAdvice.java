package dev.rotor.agent.http.apache4;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/** Into what sends for the client of before 4.3: it is told that Rotor leaves it alone. */
@NullUnmarked
final class OldClientAdvice {

  private OldClientAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object host) {
    Bridge.adapt(adapter, type, null, host);
  }
}
