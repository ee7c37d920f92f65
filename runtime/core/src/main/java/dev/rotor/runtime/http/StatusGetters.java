package dev.rotor.runtime.http;

import static java.lang.invoke.MethodHandles.filterReturnValue;
import static java.lang.invoke.MethodHandles.publicLookup;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public methods of an exception class that may tell an HTTP status: an {@code int}, or an
 * object that has one (Spring's {@code HttpStatusCode#value()}, JAX-RS's {@code
 * Response#getStatus()}).
 *
 * <p>They are looked for once per class and kept with the class itself, so that they go when its
 * loader goes.
 */
final class StatusGetters {
  private static final List<String> NAMES =
      List.of(
          "statusCode",
          "getStatusCode",
          "code",
          "status",
          "getStatus",
          "getRawStatusCode",
          "rawStatusCode",
          "httpStatus",
          "getHttpStatus",
          "httpStatusCode",
          "getHttpStatusCode",
          "responseCode",
          "getResponseCode",
          "getCode",
          "response",
          "getResponse");

  private static final List<String> NAMES_INSIDE =
      List.of("value", "statusCode", "getStatusCode", "code", "status", "getStatus", "getCode");

  private static final MethodType FORM = MethodType.methodType(int.class, Throwable.class);

  private static final ClassValue<List<MethodHandle>> GETTERS =
      new ClassValue<>() {
        @Override
        protected List<MethodHandle> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private StatusGetters() {}

  static List<MethodHandle> of(Class<?> exception) {
    return GETTERS.get(exception);
  }

  /** What a getter says; -1 when it fails. */
  static int call(MethodHandle getter, Throwable exception) {
    try {
      return (int) getter.invokeExact(exception);
    } catch (Throwable e) {
      // Also a null on the way to the number. The getter is other people's code.
      return -1;
    }
  }

  private static List<MethodHandle> find(Class<?> type) {
    List<MethodHandle> getters = new ArrayList<>();
    for (String name : NAMES) {
      MethodHandle getter = getter(type, name);
      if (getter == null) {
        continue;
      }
      Class<?> result = getter.type().returnType();
      if (isNumber(result)) {
        getters.add(getter.asType(FORM));
      } else if (!result.isPrimitive() && !result.getName().startsWith("java.lang.")) {
        for (String inside : NAMES_INSIDE) {
          MethodHandle value = getter(result, inside);
          if (value != null && isNumber(value.type().returnType())) {
            getters.add(filterReturnValue(getter, value.asType(form(result))).asType(FORM));
            break;
          }
        }
      }
    }
    return List.copyOf(getters);
  }

  private static MethodType form(Class<?> receiver) {
    return MethodType.methodType(int.class, receiver);
  }

  private static boolean isNumber(Class<?> type) {
    return type == int.class || type == short.class || type == Integer.class;
  }

  private static @Nullable MethodHandle getter(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      return Modifier.isStatic(method.getModifiers()) ? null : reachable(type, method);
    } catch (NoSuchMethodException | LinkageError e) {
      // A LinkageError: a class in one of the signatures is not there.
      return null;
    }
  }

  /** The method as its class declares it, or as the first public superclass or interface does. */
  private static @Nullable MethodHandle reachable(Class<?> type, Method method) {
    // an exception class is often private to its package; its own loader's classes are open to us
    method.trySetAccessible();
    try {
      return publicLookup().unreflect(method);
    } catch (IllegalAccessException e) {
      // A public method of a class that is not: try further up.
    }
    Class<?> parent = type.getSuperclass();
    if (parent != null) {
      MethodHandle handle = getter(parent, method.getName());
      if (handle != null) {
        return handle;
      }
    }
    for (Class<?> face : type.getInterfaces()) {
      MethodHandle handle = getter(face, method.getName());
      if (handle != null) {
        return handle;
      }
    }
    return null;
  }
}
