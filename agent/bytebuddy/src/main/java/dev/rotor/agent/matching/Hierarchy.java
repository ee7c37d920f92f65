package dev.rotor.agent.matching;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The supertypes of classes that are about to be defined, read as resources through the same loader
 * and remembered for as long as it lives. Thread-safe.
 */
final class Hierarchy {

  private static final ClassHeader UNKNOWN = new ClassHeader(null, List.of(), false);

  private final Map<ClassLoader, Map<String, ClassHeader>> loaders = new WeakHashMap<>();

  /** A class with all its supertypes, as far as they can be read. */
  record Lineage(Set<String> names, boolean marked) {}

  Lineage lineage(ClassLoader loader, String name, byte[] file) {
    Map<String, ClassHeader> known = known(loader);
    ClassHeader header = ClassHeader.read(file);
    known.put(name, header);
    Set<String> names = new LinkedHashSet<>();
    names.add(name);
    boolean above = climb(loader, known, header, names);
    return new Lineage(names, header.marked() || above);
  }

  private boolean climb(
      ClassLoader loader, Map<String, ClassHeader> known, ClassHeader header, Set<String> names) {
    boolean marked = false;
    if (header.superName() != null) {
      marked = visit(loader, known, header.superName(), names);
    }
    for (String type : header.interfaces()) {
      marked |= visit(loader, known, type, names);
    }
    return marked;
  }

  private boolean visit(
      ClassLoader loader, Map<String, ClassHeader> known, String name, Set<String> names) {
    if (name.equals("java/lang/Object") || !names.add(name) || isOfJdk(name)) {
      return false;
    }
    ClassHeader header = known.get(name);
    if (header == null) {
      header = read(loader, name);
      known.put(name, header);
    }
    boolean above = climb(loader, known, header, names);
    return header.marked() || above;
  }

  /** A type of the JDK carries none of our annotations; its name may still be in a pattern. */
  private static boolean isOfJdk(String name) {
    return name.startsWith("java/") || name.startsWith("javax/") || name.startsWith("jdk/");
  }

  private Map<String, ClassHeader> known(ClassLoader loader) {
    synchronized (loaders) {
      return loaders.computeIfAbsent(loader, it -> new ConcurrentHashMap<>());
    }
  }

  private static ClassHeader read(ClassLoader loader, String name) {
    try (InputStream in = open(loader, name)) {
      return in == null ? UNKNOWN : ClassHeader.read(in.readAllBytes());
    } catch (IOException | RuntimeException unreadable) {
      return UNKNOWN;
    }
  }

  private static @Nullable InputStream open(ClassLoader loader, String name) {
    return loader.getResourceAsStream(name + ".class");
  }
}
