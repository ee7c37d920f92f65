package com.example.it;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Prints which classes of a jar the boot loader and the system loader can see. */
public final class VisibleClasses {

  private VisibleClasses() {}

  public static void main(String[] jar) throws IOException {
    EveryPolicy.use();
    TreeSet<String> visible = new TreeSet<>();
    int asked = 0;
    try (JarFile file = new JarFile(jar[0])) {
      for (String name : classes(file.stream())) {
        asked++;
        if (isVisible(name, null)) {
          visible.add("boot " + name);
        }
        if (isVisible(name, ClassLoader.getSystemClassLoader())) {
          visible.add("system " + name);
        }
      }
    }
    visible.forEach(System.out::println);
    System.out.println("asked for " + asked);
  }

  /** Each class by its own name, whether it lies at the root or under the prefix. */
  private static List<String> classes(Stream<JarEntry> entries) {
    return entries
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .map(name -> name.startsWith("rotor/") ? name.substring("rotor/".length()) : name)
        .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  private static boolean isVisible(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    } catch (LinkageError e) {
      // found, though it does not link
      return true;
    }
  }
}
