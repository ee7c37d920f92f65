package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into the chain's constructor: a call's first chain gets Rotor's interceptors. */
@NullUnmarked
final class ChainAdvice {

  private ChainAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(value = 1, readOnly = false) List<?> interceptors,
      @Advice.Argument(2) int index) {
    if (index == 0) {
      interceptors = (List<?>) Bridge.adapt(adapter, type, null, interceptors);
    }
  }
}
