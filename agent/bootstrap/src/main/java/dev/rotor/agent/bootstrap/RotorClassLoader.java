package dev.rotor.agent.bootstrap;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Reads Rotor and its libraries from a prefix of the agent's jar that no other loader looks at, so
 * that nothing of them is visible to the application, and nothing of the application's to them. Its
 * own classes come first; only JDK classes and the bridge come from above.
 */
public final class RotorClassLoader extends ClassLoader {

  /** Where the classes lie in the jar. */
  public static final String PREFIX = "rotor/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String root;

  /**
   * Opens the agent's jar. Public, since a premain class of another loader makes it when the jar
   * was renamed.
   *
   * @throws IOException when the jar cannot be read
   */
  public RotorClassLoader(File file, ClassLoader parent) throws IOException {
    super(parent);
    this.jar = new JarFile(file, false);
    this.root = "jar:" + file.toURI() + "!/" + PREFIX;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        byte[] bytes = bytes(name.replace('.', '/') + ".class");
        found =
            bytes == null
                ? super.loadClass(name, false)
                : defineClass(name, bytes, 0, bytes.length);
      }
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  /** The class file of this resource name as it lies in the jar; null when it does not. */
  public byte[] bytes(String resource) {
    ZipEntry entry = jar.getEntry(PREFIX + resource);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = new byte[(int) entry.getSize()];
      int read = 0;
      while (read < bytes.length) {
        int more = in.read(bytes, read, bytes.length - read);
        if (more < 0) {
          throw new IOException(resource + " ends early");
        }
        read += more;
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot read "
              + resource
              + " from "
              + jar.getName()
              + "; was the jar replaced while in use?",
          e);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  protected URL findResource(String name) {
    if (jar.getEntry(PREFIX + name) == null) {
      return null;
    }
    try {
      return new URL(root + name);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }
}
