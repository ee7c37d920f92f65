package dev.rotor.agent.http.reactornetty;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.AdapterNumber;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/**
 * Into the constructor of {@code MonoHttpConnect}: the context of the thread that assembles it goes
 * along to the one that subscribes.
 */
@NullUnmarked
final class AssembledAdvice {

  private AssembledAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter, @Advice.Origin Class<?> type, @Advice.This Object connect) {
    Bridge.adapt(adapter, type, connect, "assembled");
  }
}
