package dev.rotor.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.annotations.RotatedApi;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run in a child JVM: by default a main class of {@code com.example.it} on the current
 * Java, under the packaged agent, with a configuration file in a directory of its own. Not
 * thread-safe.
 *
 * <pre>{@code
 * Outcome outcome =
 *     ChildJvm.running(Prompt.class)
 *         .keys(TestKey.of("alpha"))
 *         .config("apis: ...")
 *         .run();
 * }</pre>
 */
public final class ChildJvm {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final String main;
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final Path directory;
  private Java java = Java.current();
  private Path agent = agentJar();
  private boolean attached = true;
  private String agentArgument = "";

  private ChildJvm(String main) {
    this.main = main;
    this.directory = temporaryDirectory();
    classPath.add(location(ChildJvm.class));
    classPath.add(location(RotatedApi.class));
  }

  /** A child that runs this main class of {@code com.example.it}. */
  public static ChildJvm running(Class<?> main) {
    return new ChildJvm(main.getName());
  }

  /** A child whose last options say what runs: {@code -jar FILE}, {@code -m MODULE}. */
  public static ChildJvm plain(String... whatRuns) {
    ChildJvm child = new ChildJvm("");
    child.arguments.addAll(List.of(whatRuns));
    return child;
  }

  /** The packaged agent. */
  public static Path agentJar() {
    Path jar = Path.of(System.getProperty("rotor.it.agent", "../dist/target/rotor-agent.jar"));
    assertThat(jar).as("the packaged agent; build agent/dist first").exists();
    return jar.toAbsolutePath().normalize();
  }

  /** The folder with the other versions of libraries that an application may bring. */
  public static Path applicationLibraries() {
    return Path.of(System.getProperty("rotor.it.libraries", "target/application-libraries"));
  }

  /** The folder or jar that a class comes from. */
  public static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      // in the build's own folder, so that a failed test's files can be looked at until it is
      // cleaned
      Path children = Files.createDirectories(Path.of("target", "children").toAbsolutePath());
      return Files.createTempDirectory(children, "child-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its working directory; the configuration lies here, as {@code rotor.yaml}. */
  public Path directory() {
    return directory;
  }

  public ChildJvm java(Java newJava) {
    java = newJava;
    return this;
  }

  /** Puts the text into {@code rotor.yaml} and names it behind {@code -javaagent}. */
  public ChildJvm config(String yaml) {
    agentArgument = "=" + write("rotor.yaml", yaml);
    return this;
  }

  /** What stands behind {@code -javaagent:rotor-agent.jar=}; empty: nothing, nor the sign. */
  public ChildJvm agentArgument(String text) {
    agentArgument = text.isEmpty() ? "" : "=" + text;
    return this;
  }

  /** Writes a file into its directory, at once; a running child sees either the old or the new. */
  public Path write(String name, String content) {
    try {
      Path file = directory.resolve(name);
      Path fresh = Files.writeString(directory.resolve(name + ".new"), content);
      return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs under this jar instead of the packaged one. */
  public ChildJvm agent(Path jar) {
    agent = jar;
    return this;
  }

  public ChildJvm withoutAgent() {
    attached = false;
    return this;
  }

  /** Hands over keys in their variables ({@link TestKey#variable}); no output may hold them. */
  public ChildJvm keys(TestKey... keys) {
    for (TestKey key : keys) {
      environment.put(key.variable(), key.secret());
      secrets.add(key.secret());
    }
    return this;
  }

  /** A text that no output may hold. */
  public ChildJvm secret(String secret) {
    secrets.add(secret);
    return this;
  }

  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public ChildJvm property(String name, String value) {
    return option("-D" + name + "=" + value);
  }

  /** An option of the JVM itself. */
  public ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  public ChildJvm classPath(Path... entries) {
    classPath.addAll(List.of(entries));
    return this;
  }

  /** Leaves nothing but {@code entries} on the class path. */
  public ChildJvm onlyClassPath(Path... entries) {
    classPath.clear();
    return classPath(entries);
  }

  public ChildJvm arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** Runs it to its end, for a minute at most. */
  public Outcome run() {
    try (RunningJvm running = start()) {
      return running.end(LONGEST);
    }
  }

  /** Starts it; whoever starts it closes it. */
  public RunningJvm start() {
    List<String> command = new ArrayList<>();
    command.add(java.executable().toString());
    if (attached) {
      command.add("-javaagent:" + agent + agentArgument);
    }
    command.addAll(options);
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(
          classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    Stream.of(main).filter(it -> !it.isEmpty()).forEach(command::add);
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
    // nothing of the build's own may reach the child
    process.environment().keySet().removeIf(it -> it.startsWith("ROTOR") || it.contains("JAVA"));
    process.environment().putAll(environment);
    try {
      return new RunningJvm(process.start(), List.copyOf(secrets));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
