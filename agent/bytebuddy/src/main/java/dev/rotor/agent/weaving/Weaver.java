package dev.rotor.agent.weaving;

import dev.rotor.agent.http.AdapterNumber;
import dev.rotor.agent.http.ClientInstrumentation.Hook;
import dev.rotor.agent.weaving.MethodAnalysis.Found;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.method.MethodShape;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OffsetMapping;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weaves advice into classes, without any change of class-file format. The only class that loads
 * Byte Buddy, and only when a class has something to weave. Thread-safe.
 */
final class Weaver {

  private static final Logger LOG = LoggerFactory.getLogger(Weaver.class);
  private static final int JAVA_7 = 51;

  private final ClassFileLocator own =
      ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());
  private final TypePool advices = TypePool.Default.of(own);

  /** Says under which number a found method goes on, and which advice it gets. */
  interface Numbering {
    int number(Found found);

    Weave weave(int number);
  }

  /**
   * Weaves a class's own methods.
   *
   * @param name binary name
   * @return null: it has no site
   */
  byte @Nullable [] methods(
      String name,
      @Nullable ClassLoader loader,
      byte[] file,
      List<BindSettings> binds,
      Numbering numbering) {
    ClassFileLocator locator = locator(name, loader, file);
    TypeDescription type = pool(locator).describe(name).resolve();
    List<Found> sites = new MethodAnalysis(type).find(binds);
    if (sites.isEmpty()) {
      return null;
    }
    DynamicType.Builder<?> builder = redefine(type, locator);
    for (Found site : sites) {
      int number = numbering.number(site);
      Weave weave = numbering.weave(number);
      if (weave == Weave.ASYNC && majorVersion(file) < JAVA_7) {
        LOG.warn(
            "{}#{}: returns a future in a class file older than Java 7, which cannot hold a method handle; it is"
                + " left alone",
            name,
            site.method().getName());
        continue;
      }
      Advice advice = advice(site.shape(), number, weave);
      builder = builder.visit(advice.on(ElementMatchers.is(site.method())));
    }
    return builder.make().getBytes();
  }

  /** JVMS 4.1: the seventh and eighth byte. */
  private static int majorVersion(byte[] file) {
    return (file[6] & 0xff) << 8 | (file[7] & 0xff);
  }

  private Advice advice(MethodShape shape, int number, Weave weave) {
    return Advice.withCustomMapping()
        .bind(SiteNumber.class, number)
        .bind(argument(KeyArgument.class, shape.keyIndex()))
        .bind(argument(BaseUrlArgument.class, shape.baseUrlIndex()))
        .to(advices.describe(weave.advice()).resolve(), own);
  }

  /**
   * A writable argument; where the method has none, one that reads null and forgets what is
   * written.
   */
  private static <T extends java.lang.annotation.Annotation> OffsetMapping.Factory<T> argument(
      Class<T> annotation, int index) {
    OffsetMapping mapping =
        index < 0
            ? new Nothing()
            : new OffsetMapping.ForArgument.Unresolved(
                TypeDescription.ForLoadedType.of(String.class).asGenericType(),
                false,
                Assigner.Typing.STATIC,
                index,
                false);
    return new OffsetMapping.Factory<>() {
      @Override
      public Class<T> getAnnotationType() {
        return annotation;
      }

      @Override
      public OffsetMapping make(
          net.bytebuddy.description.method.ParameterDescription.InDefinedShape target,
          net.bytebuddy.description.annotation.AnnotationDescription.Loadable<T> loaded,
          AdviceType adviceType) {
        return mapping;
      }
    };
  }

  private static final class Nothing implements OffsetMapping {
    @Override
    public Target resolve(
        TypeDescription instrumentedType,
        MethodDescription instrumentedMethod,
        Assigner assigner,
        Advice.ArgumentHandler argumentHandler,
        Sort sort) {
      return new Target.ForDefaultValue.ReadWrite(TypeDescription.ForLoadedType.of(String.class));
    }
  }

  /** Weaves a class of an HTTP client. */
  byte[] client(
      String name, @Nullable ClassLoader loader, byte[] file, List<Hook> hooks, int adapter) {
    ClassFileLocator locator = locator(name, loader, file);
    TypeDescription type = pool(locator).describe(name).resolve();
    DynamicType.Builder<?> builder = redefine(type, locator);
    for (Hook hook : hooks) {
      Advice advice =
          Advice.withCustomMapping()
              .bind(AdapterNumber.class, adapter)
              .to(advices.describe(hook.advice()).resolve(), own);
      builder = builder.visit(visitor(advice, hook));
    }
    return builder.make().getBytes();
  }

  private static AsmVisitorWrapper visitor(Advice advice, Hook hook) {
    var named =
        hook.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME)
            ? ElementMatchers.<MethodDescription>isConstructor()
            : ElementMatchers.<MethodDescription>named(hook.method());
    String descriptor = hook.descriptor();
    return advice.on(
        descriptor == null ? named : named.and(ElementMatchers.hasDescriptor(descriptor)));
  }

  private static DynamicType.Builder<?> redefine(TypeDescription type, ClassFileLocator locator) {
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .redefine(type, locator);
  }

  private static ClassFileLocator locator(String name, @Nullable ClassLoader loader, byte[] file) {
    // the platform first: a loader whose application has been stopped complains of being asked
    return new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(name, file),
        ClassFileLocator.ForClassLoader.ofPlatformLoader(),
        ClassFileLocator.ForClassLoader.of(loader));
  }

  private static TypePool pool(ClassFileLocator locator) {
    return new TypePool.Default(
        new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.EXTENDED);
  }
}
