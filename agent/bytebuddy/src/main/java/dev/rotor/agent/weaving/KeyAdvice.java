package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import net.bytebuddy.asm.Advice;

/** A site that is given its key or base URL as an argument, before each round. */
final class KeyAdvice {

  private KeyAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @SiteNumber int site,
      @KeyArgument String key,
      @BaseUrlArgument String baseUrl,
      @Advice.Local("call") Object call) {
    call = Bridge.begin(site, null, null, null);
    if (call == null) {
      return false;
    }
    if (!Bridge.proceed(call)) {
      return true;
    }
    key = Bridge.key(call, key);
    baseUrl = Bridge.baseUrl(call, baseUrl);
    return false;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, repeatOn = Advice.OnNonDefaultValue.class)
  static boolean exit(
      @KeyArgument String key,
      @BaseUrlArgument String baseUrl,
      @Advice.Local("call") Object call,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (call == null) {
      return false;
    }
    if (Bridge.again(call, null, thrown)) {
      key = Bridge.key(call, key);
      baseUrl = Bridge.baseUrl(call, baseUrl);
      return true;
    }
    thrown = Bridge.failure(call);
    return false;
  }
}
