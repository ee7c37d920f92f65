package com.example.it;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Runs the scenarios of the classes on its command line: the public methods that return nothing and
 * take nothing, each on an object of its own. Prints one line for each.
 */
public final class ScenarioRunner {

  private ScenarioRunner() {}

  public static void main(String[] classes) throws Exception {
    for (String name : classes) {
      Class<?> type = Class.forName(name);
      Method[] methods = type.getDeclaredMethods();
      Arrays.sort(methods, Comparator.comparing(Method::getName));
      for (Method method : methods) {
        if (isScenario(method)) {
          run(type, method);
        }
      }
    }
  }

  private static boolean isScenario(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 0
        && method.getReturnType() == void.class;
  }

  private static void run(Class<?> type, Method scenario) throws Exception {
    String name = type.getName() + "#" + sentence(scenario.getName());
    Object instance = type.getConstructor().newInstance();
    try {
      scenario.invoke(instance);
      System.out.println("PASS " + name);
    } catch (InvocationTargetException e) {
      String message = String.valueOf(e.getCause()).replaceAll("\\s+", " ");
      System.out.println("FAIL " + name + ": " + message);
      e.getCause().printStackTrace(System.out);
    }
  }

  private static String sentence(String methodName) {
    return methodName.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
  }
}
