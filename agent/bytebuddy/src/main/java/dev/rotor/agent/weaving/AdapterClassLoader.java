package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.RotorClassLoader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the adapters that name a library's types live, one for each application loader: their own
 * classes are defined here, Rotor's come from Rotor's loader by prefix, everything else from the
 * application.
 */
final class AdapterClassLoader extends ClassLoader {

  private static final String ADAPTERS = "dev.rotor.agent.http.";
  private static final String ROTOR = "dev.rotor.";
  private static final String LOGGING = "org.slf4j.";

  static {
    registerAsParallelCapable();
  }

  private final RotorClassLoader rotor;
  private final ClassLoader application;

  AdapterClassLoader(RotorClassLoader rotor, ClassLoader application) {
    super(null);
    this.rotor = rotor;
    this.application = application;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isAdapter(name)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> found = findLoadedClass(name);
        return found != null ? found : findClass(name);
      }
    }
    return name.startsWith(ROTOR) || name.startsWith(LOGGING)
        ? rotor.loadClass(name)
        : application.loadClass(name);
  }

  /** A client's package lies below; what all adapters share is Rotor's. */
  private static boolean isAdapter(String name) {
    return name.startsWith(ADAPTERS) && name.indexOf('.', ADAPTERS.length()) >= 0;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] bytes = rotor.bytes(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] file = Objects.requireNonNull(bytes);
    return defineClass(name, file, 0, file.length);
  }
}
