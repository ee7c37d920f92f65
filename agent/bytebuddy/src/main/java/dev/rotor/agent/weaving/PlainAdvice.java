package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import net.bytebuddy.asm.Advice;

/** A site whose policies need neither its arguments nor its value: nothing is boxed or copied. */
final class PlainAdvice {

  private PlainAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(@SiteNumber int site, @Advice.Local("call") Object call) {
    call = Bridge.begin(site, null, null, null);
    return call != null && !Bridge.proceed(call);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, repeatOn = Advice.OnNonDefaultValue.class)
  static boolean exit(
      @Advice.Local("call") Object call, @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (call == null) {
      return false;
    }
    if (Bridge.again(call, null, thrown)) {
      return true;
    }
    thrown = Bridge.failure(call);
    return false;
  }
}
