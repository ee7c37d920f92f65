package dev.rotor.agent.http.jdk;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/** Into {@code send} and {@code sendAsync}: the adapter sends in the client's place. */
@NullUnmarked
final class SendAdvice {

  private SendAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object[] enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.SelfCallHandle(bound = false) MethodHandle body,
      @Advice.This Object self,
      @Advice.AllArguments Object[] arguments) {
    return Bridge.send(adapter, type, body, self, arguments);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(
      @Advice.Enter Object[] result,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (result != null) {
      value = result[0];
      thrown = (Throwable) result[1];
    }
  }
}
