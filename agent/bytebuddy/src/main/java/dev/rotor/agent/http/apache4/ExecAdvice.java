package dev.rotor.agent.http.apache4;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.NullUnmarked;

/**
 * Into the end of the chain: the adapter sends in its place. Without a handle of the method, which
 * the client's class files, of Java 5 and 6, cannot hold; the adapter comes back through {@code
 * ClientExecChain}.
 */
@NullUnmarked
final class ExecAdvice {

  private ExecAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object[] enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.This Object self,
      @Advice.AllArguments Object[] arguments) {
    return Bridge.send(adapter, type, null, self, arguments);
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
