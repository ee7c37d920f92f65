package com.example.it;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Defines the classes of some packages itself, from the class files of the class path. */
final class ChildFirstLoader extends ClassLoader {

  private final List<String> packages;

  ChildFirstLoader(String... packages) {
    super(ClassLoader.getSystemClassLoader());
    this.packages = List.of(packages);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      if (packages.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] file = in.readAllBytes();
        return defineClass(name, file, 0, file.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
