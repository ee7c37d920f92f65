package dev.rotor.agent.weaving;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Lets a loader that does not ask the boot loader find the bridge there. Names no class of ours.
 */
final class BootDelegationAdvice {

  private BootDelegationAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static @Nullable Class<?> enter(@Advice.Argument(0) String name) throws ClassNotFoundException {
    return name.startsWith("dev.rotor.agent.bootstrap.") ? Class.forName(name, false, null) : null;
  }

  @Advice.OnMethodExit
  static void exit(
      @Advice.Enter @Nullable Class<?> found, @Advice.Return(readOnly = false) Class<?> result) {
    if (found != null) {
      result = found;
    }
  }
}
