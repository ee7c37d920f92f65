package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/** Into {@code RealCall.cancel}: an exchange that waits for a key wakes up. */
@NullUnmarked
final class CancelAdvice {

  private CancelAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter, @Advice.Origin Class<?> type, @Advice.This Object call) {
    Bridge.adapt(adapter, type, call, "cancel");
  }
}
