package dev.rotor.agent.http.okhttp;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.http.Adapter;
import dev.rotor.agent.http.AdapterNumber;
import dev.rotor.agent.http.ClientInstrumentation.Hook;
import dev.rotor.runtime.Rotor;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/** The OkHttp of this JVM, woven as the agent does it. */
final class WovenOkHttp {

  private static volatile @Nullable Adapter adapter;

  static {
    if (!Bridge.install(new Adapting())) {
      throw new IllegalStateException("another test has installed an engine");
    }
    Instrumentation instrumentation = ByteBuddyAgent.install();
    Map<String, List<Hook>> hooks = new OkHttpInstrumentation().hooks();
    instrumentation.addTransformer(new Weaving(hooks), true);
    try {
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        if (hooks.containsKey(loaded.getName())) {
          instrumentation.retransformClasses(loaded);
        }
      }
    } catch (java.lang.instrument.UnmodifiableClassException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private WovenOkHttp() {}

  /** From now on all clients are this engine's. */
  static void use(Rotor rotor) {
    adapter = new OkHttpAdapter(rotor.exchanges());
  }

  private record Weaving(Map<String, List<Hook>> hooks) implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> type,
        ProtectionDomain domain,
        byte[] file) {
      List<Hook> found = hooks.get(String.valueOf(name).replace('/', '.'));
      return found == null ? null : woven(name.replace('/', '.'), file, found);
    }
  }

  private static byte[] woven(String name, byte[] file, List<Hook> hooks) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, file),
            ClassFileLocator.ForClassLoader.of(WovenOkHttp.class.getClassLoader()),
            ClassFileLocator.ForClassLoader.ofPlatformLoader());
    TypePool pool = TypePool.Default.of(locator);
    TypeDescription type = pool.describe(name).resolve();
    DynamicType.Builder<?> builder =
        new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(Implementation.Context.Disabled.Factory.INSTANCE)
            .redefine(type, locator);
    for (Hook hook : hooks) {
      var named =
          hook.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME)
              ? ElementMatchers.<MethodDescription>isConstructor()
              : ElementMatchers.<MethodDescription>named(hook.method());
      builder =
          builder.visit(
              Advice.withCustomMapping()
                  .bind(AdapterNumber.class, 0)
                  .to(pool.describe(hook.advice()).resolve(), locator)
                  .on(named.and(ElementMatchers.hasDescriptor(hook.descriptor()))));
    }
    return builder.make().getBytes();
  }

  private static final class Adapting extends Bridge.Engine {
    @Override
    public @Nullable Object adapt(
        int number, Class<?> type, @Nullable Object context, @Nullable Object value) {
      try {
        return adapter == null ? value : Objects.requireNonNull(adapter).adapt(context, value);
      } catch (Throwable fault) {
        throw new AssertionError(fault);
      }
    }

    @Override
    public @Nullable Object begin(
        int site, Class<?> type, @Nullable Object self, Object @Nullable [] arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean proceed(Object call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean again(Object call, @Nullable Object value, @Nullable Throwable thrown) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Throwable failure(Object call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object value(Object call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String key(Object call, @Nullable String original) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String baseUrl(Object call, @Nullable String original) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object @Nullable [] async(
        int site,
        Class<?> type,
        MethodHandle body,
        @Nullable Object self,
        @Nullable Object[] arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object @Nullable [] send(
        int number,
        Class<?> type,
        MethodHandle body,
        @Nullable Object self,
        @Nullable Object[] arguments) {
      throw new UnsupportedOperationException();
    }
  }
}
