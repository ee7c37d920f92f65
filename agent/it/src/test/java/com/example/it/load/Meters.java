package com.example.it.load;

import com.example.it.http.Words;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What Rotor has counted. Nothing shows its metrics to the outside yet, and an application sees
 * none of its classes, so the counters are looked for from the one that it does see, the bridge in
 * the boot loader: through the fields of Rotor's own objects, nearest first.
 */
final class Meters {

  private static final String BRIDGE = "dev.rotor.agent.bootstrap.Bridge";
  private static final String METERS = "dev.rotor.runtime.observe.EngineMeters";

  private Meters() {}

  /** A word {@code stats} for each key, site and API: kind, name, and all counts by name. */
  static Words read() throws ReflectiveOperationException {
    Object meters =
        find(field(Class.forName(BRIDGE, true, null).getDeclaredField("installed"), null));
    Field all = meters.getClass().getDeclaredField("all");
    Words words = new Words();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) field(all, meters)).entrySet()) {
      Words one = new Words();
      one.with("kind", call(entry.getKey(), "kind")).with("name", call(entry.getKey(), "name"));
      words.with("stats", counts(one, entry.getValue()));
    }
    return words;
  }

  private static Words counts(Words words, Object stats) throws ReflectiveOperationException {
    words.with("CALLS", call(stats, "calls"));
    Class<?> events =
        stats.getClass().getClassLoader().loadClass(stats.getClass().getName() + "$Event");
    for (Object event : events.getEnumConstants()) {
      words.with(
          ((Enum<?>) event).name(),
          stats.getClass().getMethod("count", events).invoke(stats, event));
    }
    return words;
  }

  private static Object find(Object start) throws ReflectiveOperationException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> ahead = new ArrayDeque<>();
    meet(start, seen, ahead);
    while (!ahead.isEmpty()) {
      Object next = ahead.removeFirst();
      if (next.getClass().getName().equals(METERS)) {
        return next;
      }
      if (next instanceof Map<?, ?> map) {
        map.values().forEach(it -> meet(it, seen, ahead));
      } else if (next instanceof Iterable<?> many) {
        many.forEach(it -> meet(it, seen, ahead));
      } else {
        for (Class<?> type = next.getClass(); isOurs(type); type = type.getSuperclass()) {
          meetFields(type, next, seen, ahead);
        }
      }
    }
    throw new IllegalStateException("no path of fields leads from the bridge to Rotor's meters");
  }

  private static void meetFields(Class<?> type, Object of, Set<Object> seen, Deque<Object> ahead)
      throws ReflectiveOperationException {
    for (Field each : type.getDeclaredFields()) {
      if (!each.getType().isPrimitive() && !Modifier.isStatic(each.getModifiers())) {
        meet(field(each, of), seen, ahead);
      }
    }
  }

  private static void meet(Object met, Set<Object> seen, Deque<Object> ahead) {
    boolean leadsOn =
        met instanceof Map || met instanceof Iterable || (met != null && isOurs(met.getClass()));
    if (leadsOn && seen.add(met)) {
      ahead.addLast(met);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type != null && type.getName().startsWith("dev.rotor.");
  }

  private static Object field(Field field, Object of) throws ReflectiveOperationException {
    field.setAccessible(true);
    return field.get(of);
  }

  private static Object call(Object of, String method) throws ReflectiveOperationException {
    var called = of.getClass().getDeclaredMethod(method);
    called.setAccessible(true);
    try {
      return called.invoke(of);
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }
}
