package dev.rotor.agent.http;

import dev.rotor.agent.bootstrap.Bridge;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/** Into a method of a client that sends: the adapter sends in its place. */
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
