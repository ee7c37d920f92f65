package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/**
 * Into {@code RealCall.execute} and {@code enqueue}: the context of who enqueues goes along to the
 * dispatcher's thread.
 */
@NullUnmarked
final class SendingAdvice {

  private SendingAdvice() {}

  @Advice.OnMethodEnter
  static void enter(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m") String method,
      @Advice.This Object call) {
    Bridge.adapt(adapter, type, call, method);
  }
}
