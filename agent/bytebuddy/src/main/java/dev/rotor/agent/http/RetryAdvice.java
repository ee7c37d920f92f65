package dev.rotor.agent.http;

import dev.rotor.agent.bootstrap.Bridge;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/**
 * Into a method that says whether a client sends a request again by itself: the adapter, which gets
 * the arguments, may know better.
 */
@NullUnmarked
final class RetryAdvice {

  private RetryAdvice() {}

  @Advice.OnMethodExit
  static void exit(
      @AdapterNumber int adapter,
      @Advice.Origin Class<?> type,
      @Advice.AllArguments Object[] arguments,
      @Advice.Return(readOnly = false) boolean again) {
    if (again) {
      again = (Boolean) Bridge.adapt(adapter, type, arguments, Boolean.TRUE);
    }
  }
}
