package dev.rotor.runtime.http;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The name of the web application in whose name a thread runs, told by its context class loader.
 *
 * <p>A name is asked for anew each time: containers give their loaders one after they have made
 * them, and take it away again. Only how to ask is remembered, with the loader's class, so that no
 * loader is kept alive.
 */
final class ApplicationNames {

  private static final ClassValue<Question> QUESTIONS =
      new ClassValue<>() {
        @Override
        protected Question computeValue(Class<?> type) {
          return Question.to(type);
        }
      };

  private ApplicationNames() {}

  /** Of the first loader from the thread's context class loader up that has one; null: none. */
  static @Nullable String current() {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      while (loader != null && loader != system) {
        String name = name(loader);
        if (name != null) {
          return name;
        }
        loader = loader.getParent();
      }
    } catch (RuntimeException | LinkageError fault) {
      // a loader of somebody else's that does not answer is one without a name
    }
    return null;
  }

  private static @Nullable String name(ClassLoader loader) {
    String own = loader.getName();
    if (own != null && !own.isEmpty() && !own.equals("app") && !own.equals("platform")) {
      return own;
    }
    return QUESTIONS.get(loader.getClass()).ask(loader);
  }

  /** How loaders of one class tell the name of their application, as Tomcat's do. */
  private record Question(@Nullable Method method) {

    static Question to(Class<?> type) {
      try {
        Method method = type.getMethod("getContextName");
        return new Question(
            method.getReturnType() == String.class && method.trySetAccessible() ? method : null);
      } catch (NoSuchMethodException | LinkageError none) {
        return new Question(null);
      }
    }

    @Nullable String ask(ClassLoader loader) {
      if (method == null) {
        return null;
      }
      try {
        return (String) method.invoke(loader);
      } catch (ReflectiveOperationException noAnswer) {
        return null;
      }
    }
  }
}
