package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** {@link CancelAdvice} for 3.14 to 4.3: into {@code Transmitter.cancel}. */
@NullUnmarked
final class OldCancelAdvice {

  private OldCancelAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.FieldValue("call") Object call) {
    Bridge.adapt(adapter, type, call, "cancel");
  }
}
