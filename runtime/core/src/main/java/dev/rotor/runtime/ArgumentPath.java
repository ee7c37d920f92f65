package dev.rotor.runtime;

import dev.rotor.runtime.call.Selector;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code by:} in the configuration: {@code args[0]}, {@code args[0].userId}, or a parameter's name
 * where the class file has names. A step is a method {@code userId()} or {@code getUserId()}, or a
 * field. Thread-safe.
 */
final class ArgumentPath implements Selector {

  private final int index;
  private final List<Step> steps;

  private ArgumentPath(int index, List<Step> steps) {
    this.index = index;
    this.steps = steps;
  }

  /**
   * Reads an expression for one site.
   *
   * @throws IllegalArgumentException when it names no argument of the site
   */
  static ArgumentPath parse(String expression, SiteDeclaration site) {
    String[] parts = expression.strip().split("\\.", -1);
    int count = site.parameterTypes().size();
    int index = index(parts[0], site.parameterNames());
    if (index < 0 || index >= count || List.of(parts).contains("")) {
      throw new IllegalArgumentException(
          "`by: "
              + expression
              + "` names no argument of "
              + site.name()
              + (count == 0 ? ", which has none" : "; write args[0] to args[" + (count - 1) + "]"));
    }
    return new ArgumentPath(
        index, List.of(parts).subList(1, parts.length).stream().map(Step::new).toList());
  }

  private static int index(String first, List<String> names) {
    if (first.startsWith("args[") && first.endsWith("]")) {
      try {
        return Integer.parseInt(first.substring("args[".length(), first.length() - 1));
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return names.indexOf(first);
  }

  @Override
  public @Nullable Object select(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
    Object value = arguments == null ? null : arguments[index];
    for (Step step : steps) {
      value = value == null ? null : step.read(value);
    }
    return value;
  }

  /** One step, looked up once for each class it meets; forgets a class that is unloaded. */
  private static final class Step extends ClassValue<MethodHandle> {
    private final String name;

    Step(String name) {
      this.name = name;
    }

    @Nullable Object read(Object value) {
      try {
        return get(value.getClass()).invoke(value);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("cannot read `" + name + "` of " + value.getClass(), e);
      }
    }

    @Override
    protected MethodHandle computeValue(Class<?> type) {
      String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      MethodHandle found = null;
      for (Class<?> c = type; c != null && found == null; c = c.getSuperclass()) {
        found = declared(c, getter);
      }
      if (found == null) {
        throw new IllegalStateException(
            type.getName()
                + " has neither a method "
                + name
                + "() or "
                + getter
                + "(), nor a field "
                + name
                + " that can be read");
      }
      return found;
    }

    private @Nullable MethodHandle declared(Class<?> type, String getter) {
      MethodHandle found = null;
      for (Method method : type.getDeclaredMethods()) {
        found = found == null && isRead(method, getter) ? handle(method) : found;
      }
      for (Field field : type.getDeclaredFields()) {
        boolean named = field.getName().equals(name) && !Modifier.isStatic(field.getModifiers());
        found = found == null && named ? handle(field) : found;
      }
      for (Class<?> shown : type.getInterfaces()) {
        found = found == null ? declared(shown, getter) : found;
      }
      return found;
    }

    private boolean isRead(Method method, String getter) {
      boolean named = method.getName().equals(name) || method.getName().equals(getter);
      return named
          && method.getParameterCount() == 0
          && method.getReturnType() != void.class
          && !Modifier.isStatic(method.getModifiers());
    }

    /** Null when a module keeps it closed. */
    private static @Nullable MethodHandle handle(AccessibleObject member) {
      try {
        member.setAccessible(true);
        return member instanceof Method method
            ? MethodHandles.lookup().unreflect(method)
            : MethodHandles.lookup().unreflectGetter((Field) member);
      } catch (IllegalAccessException | InaccessibleObjectException closed) {
        return null;
      }
    }
  }
}
