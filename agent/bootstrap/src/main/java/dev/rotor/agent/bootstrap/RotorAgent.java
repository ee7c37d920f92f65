package dev.rotor.agent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.util.jar.JarFile;

/**
 * Where the JVM comes in: {@code -javaagent} ({@link #premain}), attach to a running JVM ({@link
 * #agentmain}), and the command line ({@link #main}). Runs on Java 8 and never throws: a refusal is
 * one message; at start-up it also ends the JVM, unless {@code rotor.fail-open} says that the
 * application is to run without Rotor.
 */
public final class RotorAgent {

  private static final int OLDEST_JAVA = 17;

  private RotorAgent() {}

  /**
   * Starts Rotor before the application.
   *
   * @param configuration path of the file; null or empty: looked for
   */
  public static void premain(String configuration, Instrumentation instrumentation) {
    String refusal = start(configuration, instrumentation, false);
    if (refusal == null) {
      return;
    }
    System.err.println(refusal);
    if (isFailOpen()) {
      System.err.println("[rotor] fail-open: the application runs without Rotor");
    } else {
      System.exit(1);
    }
  }

  /** Starts Rotor in a running application; a refusal leaves it as it is. */
  public static void agentmain(String configuration, Instrumentation instrumentation) {
    String refusal = start(configuration, instrumentation, true);
    if (refusal != null) {
      System.err.println(refusal);
    }
  }

  /** The command line: {@code java -jar rotor-agent.jar check FILE}. */
  public static void main(String[] arguments) {
    if (isTooOld()) {
      System.err.println(tooOld());
      System.exit(1);
    }
    try {
      File jar = jar();
      Class<?> commandLine =
          new RotorClassLoader(jar, platformLoader()).loadClass("dev.rotor.agent.CommandLine");
      commandLine.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (Throwable fault) {
      System.err.println("[rotor] " + cause(fault));
      System.exit(1);
    }
  }

  private static String start(
      String configuration, Instrumentation instrumentation, boolean attached) {
    if (isTooOld()) {
      System.err.println(tooOld());
      return null;
    }
    try {
      File jar = jar();
      if (RotorAgent.class.getClassLoader() != null) {
        // the manifest's Boot-Class-Path did not find the jar under its present name
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar, false));
      }
      return startBehindBridge(configuration, instrumentation, jar, attached);
    } catch (Throwable fault) {
      return "[rotor] could not start: " + cause(fault);
    }
  }

  // a method of its own, so that Bridge is not looked for before the boot loader can see it
  private static String startBehindBridge(
      String configuration, Instrumentation instrumentation, File jar, boolean attached)
      throws Throwable {
    if (Bridge.isInstalled()) {
      System.err.println(
          "[rotor] is attached to this JVM already; the second attach is ignored. To change the"
              + " configuration, edit the file: it takes effect within a second.");
      return null;
    }
    Class<?> start =
        new RotorClassLoader(jar, platformLoader()).loadClass("dev.rotor.agent.AgentStart");
    Object refusal =
        start
            .getMethod("start", String.class, Instrumentation.class, boolean.class)
            .invoke(null, configuration, instrumentation, attached);
    return (String) refusal;
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof InvocationTargetException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }

  private static boolean isFailOpen() {
    return Boolean.getBoolean("rotor.fail-open")
        || "true".equalsIgnoreCase(System.getenv("ROTOR_FAIL_OPEN"));
  }

  private static boolean isTooOld() {
    String version = System.getProperty("java.specification.version", "1.8");
    try {
      return version.startsWith("1.") || Integer.parseInt(version) < OLDEST_JAVA;
    } catch (NumberFormatException unknown) {
      return false;
    }
  }

  private static String tooOld() {
    return "[rotor] needs Java "
        + OLDEST_JAVA
        + " or newer, and this is Java "
        + System.getProperty("java.version")
        + ": the application runs without Rotor";
  }

  /** The agent's own jar, whichever loader has it. */
  private static File jar() throws Exception {
    String resource = RotorAgent.class.getName().replace('.', '/') + ".class";
    URL url = ClassLoader.getSystemResource(resource);
    String text = String.valueOf(url);
    int end = text.indexOf("!/");
    if (!text.startsWith("jar:file:") || end < 0) {
      throw new IllegalStateException("the agent runs from its jar only, and not from " + text);
    }
    return new File(new URI(text.substring("jar:".length(), end)));
  }

  private static ClassLoader platformLoader() throws Exception {
    return (ClassLoader) ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
  }
}
