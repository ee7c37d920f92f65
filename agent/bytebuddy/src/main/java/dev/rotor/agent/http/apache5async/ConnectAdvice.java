package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.lang.invoke.MethodHandle;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into {@code AsyncConnectExec.execute}: the adapter drives the exchange in its place. */
@NullUnmarked
final class ConnectAdvice {

  private ConnectAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object[] enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.SelfCallHandle(bound = false) MethodHandle body,
      @Advice.This Object self,
      @Advice.AllArguments Object[] arguments) {
    return Bridge.send(adapter, type, body, self, arguments);
  }
}
