package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * A site that returns a future: its attempts run through the method itself, again from the outside.
 */
final class AsyncAdvice {

  private AsyncAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object[] enter(
      @SiteNumber int site,
      @Advice.Origin Class<?> type,
      @Advice.SelfCallHandle(bound = false) MethodHandle body,
      @Advice.This(optional = true) Object self,
      @Advice.AllArguments Object[] arguments) {
    return Bridge.async(site, type, body, self, arguments);
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
