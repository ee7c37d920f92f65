package org.jboss.modules;

import java.io.IOException;
import java.io.InputStream;

/**
 * Finds nothing outside of its module but the JDK's own packages: neither the boot loader nor the
 * class path is asked.
 */
public class ConcurrentClassLoader extends ClassLoader {

  public ConcurrentClassLoader() {
    super(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      if (name.startsWith("java.")) {
        return ClassLoader.getPlatformClassLoader().loadClass(name);
      }
      if (name.startsWith("com.example.it.") || name.startsWith("dev.rotor.annotations.")) {
        return defined(name);
      }
      throw new ClassNotFoundException(name + " is not in this module");
    }
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] file = in.readAllBytes();
      return defineClass(name, file, 0, file.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    return ClassLoader.getSystemResourceAsStream(name);
  }
}
