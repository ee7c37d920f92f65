package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** {@link ChainAdvice} for 3.14 to 4.3. */
@NullUnmarked
final class OldChainAdvice {

  private OldChainAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Argument(value = 0, readOnly = false) List<?> interceptors,
      @Advice.Argument(3) int index) {
    if (index == 0) {
      interceptors = (List<?>) Bridge.adapt(adapter, type, null, interceptors);
    }
  }
}
