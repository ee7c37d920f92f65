package dev.rotor.agent.http.reactornetty;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into {@code MonoHttpConnect.subscribe}: the adapter subscribes in the client's place. */
@NullUnmarked
final class SubscribeAdvice {

  private SubscribeAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static Object[] enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.This Object self,
      @Advice.AllArguments Object[] arguments) {
    return Bridge.send(adapter, type, null, self, arguments);
  }
}
