package dev.rotor.agent.aspectj;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what a method overrides, through generics as well. */
final class Overriding {

  private Overriding() {}

  /** The method, then what it overrides, nearest first: superclasses upwards, then interfaces. */
  static List<Method> family(Method method) {
    List<Method> result = new ArrayList<>();
    result.add(method);
    if (!isVirtual(method)) {
      return result;
    }
    Set<List<Class<?>>> shapes = shapes(method);
    for (Class<?> parent : supertypes(method.getDeclaringClass())) {
      for (Method candidate : parent.getDeclaredMethods()) {
        if (candidate.getName().equals(method.getName())
            && isVirtual(candidate)
            && !candidate.isBridge()
            && shapes.contains(Arrays.asList(candidate.getParameterTypes()))) {
          result.add(candidate);
        }
      }
    }
    return result;
  }

  private static boolean isVirtual(Method method) {
    return !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers());
  }

  /** The method's own parameter types, and those of the bridges that the compiler made to it. */
  private static Set<List<Class<?>>> shapes(Method method) {
    Set<List<Class<?>>> result = new LinkedHashSet<>();
    result.add(Arrays.asList(method.getParameterTypes()));
    for (Method other : method.getDeclaringClass().getDeclaredMethods()) {
      if (other.isBridge() && other.getName().equals(method.getName()) && leadsTo(other, method)) {
        result.add(Arrays.asList(other.getParameterTypes()));
      }
    }
    return result;
  }

  private static boolean leadsTo(Method bridge, Method method) {
    Class<?>[] wide = bridge.getParameterTypes();
    Class<?>[] narrow = method.getParameterTypes();
    if (wide.length != narrow.length) {
      return false;
    }
    for (int i = 0; i < wide.length; i++) {
      if (!wide[i].isAssignableFrom(narrow[i])) {
        return false;
      }
    }
    return true;
  }

  private static Set<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> result = new LinkedHashSet<>();
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> it = type; it != null; it = it.getSuperclass()) {
      addInterfaces(it, interfaces);
      if (it != type && it != Object.class) {
        result.add(it);
      }
    }
    result.addAll(interfaces);
    return result;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> into) {
    for (Class<?> parent : type.getInterfaces()) {
      if (into.add(parent)) {
        addInterfaces(parent, into);
      }
    }
  }
}
