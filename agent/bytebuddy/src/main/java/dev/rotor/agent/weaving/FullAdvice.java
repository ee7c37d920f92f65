package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * A site whose arguments make a limit's or a cache's key, and whose value may come from a cache.
 */
final class FullAdvice {

  private FullAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @SiteNumber int site,
      @Advice.Origin Class<?> type,
      @Advice.This(optional = true) Object self,
      @Advice.AllArguments Object[] arguments,
      @KeyArgument String key,
      @BaseUrlArgument String baseUrl,
      @Advice.Local("call") Object call) {
    call = Bridge.begin(site, type, self, arguments);
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
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (call == null) {
      return false;
    }
    if (Bridge.again(call, value, thrown)) {
      key = Bridge.key(call, key);
      baseUrl = Bridge.baseUrl(call, baseUrl);
      return true;
    }
    thrown = Bridge.failure(call);
    if (thrown == null) {
      value = Bridge.value(call);
    }
    return false;
  }
}
