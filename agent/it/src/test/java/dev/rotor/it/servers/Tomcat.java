package dev.rotor.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.harness.TestKey;
import dev.rotor.it.http.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Tomcat from its distribution, started as {@code catalina.sh run} would, with a base directory
 * of its own. Applications come and go by way of Tomcat's manager.
 */
final class Tomcat implements AutoCloseable {

  private static final Path HOME =
      Path.of(System.getProperty("rotor.it.tomcat", "target/tomcat")).toAbsolutePath();

  /** Threads of the JDK's client and of Rotor's timer take some seconds to end. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";
  private static final Pattern PORT = Pattern.compile("-auto-\\d+-(\\d+)\"]");
  private static final Pattern COUNT = Pattern.compile("\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");

  private final ChildJvm child;
  private final Path base;
  private final RunningJvm running;
  private final Asking asking;

  private Tomcat(ChildJvm child, Path base) {
    this.child = child;
    this.base = base;
    this.running = child.start();
    Matcher port = PORT.matcher(running.awaitErr("Starting ProtocolHandler"));
    assertThat(port.find()).as("Tomcat tells its port").isTrue();
    this.asking = new Asking(Integer.parseInt(port.group(1)));
    running.awaitErr("Server startup in");
  }

  static Tomcat start(String yaml) {
    try {
      ChildJvm child = ChildJvm.plain("org.apache.catalina.startup.Bootstrap", "start");
      Path base = base(child.directory().resolve("base"));
      child
          .onlyClassPath(HOME.resolve("bin/bootstrap.jar"), HOME.resolve("bin/tomcat-juli.jar"))
          .keys(Keys.all())
          .config(yaml)
          .property("java.util.logging.config.file", base + "/conf/logging.properties")
          .property("java.util.logging.manager", "org.apache.juli.ClassLoaderLogManager")
          .property("java.protocol.handler.pkgs", "org.apache.catalina.webresources")
          .property("sun.io.useCanonCaches", "false")
          .property("catalina.base", base.toString())
          .property("catalina.home", HOME.toString())
          .property("java.io.tmpdir", base + "/temp");
      Stream.of("lang", "lang.reflect", "io", "util", "util.concurrent")
          .forEach(it -> child.option("--add-opens=java.base/java." + it + "=ALL-UNNAMED"));
      // starts faster, and so do the applications
      child.option("-XX:TieredStopAtLevel=1");
      child.option("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
      return new Tomcat(child, base);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The distribution's own configuration, but for the ports, and with its manager. */
  private static Path base(Path base) throws IOException {
    for (String folder : List.of("conf/Catalina/localhost", "logs", "temp", "work", "webapps")) {
      Files.createDirectories(base.resolve(folder));
    }
    for (String name :
        List.of("catalina.properties", "context.xml", "logging.properties", "web.xml")) {
      Files.copy(HOME.resolve("conf").resolve(name), base.resolve("conf").resolve(name));
    }
    Path conf = base.resolve("conf");
    Files.writeString(
        conf.resolve("server.xml"),
        Files.readString(HOME.resolve("conf/server.xml"))
            .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
            .replace("<Connector port=\"8080\"", "<Connector port=\"0\" address=\"127.0.0.1\""));
    Files.writeString(
        conf.resolve("tomcat-users.xml"),
        "<tomcat-users xmlns=\"http://tomcat.apache.org/xml\">"
            + "<user username=\"it\" password=\"it\" roles=\"manager-script\"/></tomcat-users>");
    Files.writeString(
        conf.resolve("Catalina/localhost/manager.xml"),
        "<Context docBase=\"${catalina.home}/webapps/manager\" privileged=\"true\"/>");
    return base;
  }

  /** Status and body of what is answered to a GET. */
  String get(String path) {
    return asking.get(path);
  }

  void deploy(String context, Path war) {
    try {
      assertThat(manage("/deploy?update=true&path=/" + context, war))
          .startsWith("200 OK - Deployed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void undeploy(String context) {
    assertThat(manage("/undeploy?path=/" + context)).startsWith("200 OK - Undeployed");
  }

  /** What Tomcat says of stopped applications whose loader is still there, after a collection. */
  String leaks() {
    return manage("/findleaks?statusLine=true");
  }

  private String manage(String command) {
    return asking.send(
        asking.request("/manager/text" + command).header("Authorization", login()).build());
  }

  private String manage(String command, Path upload) throws IOException {
    return asking.send(
        asking
            .request("/manager/text" + command)
            .header("Authorization", login())
            .PUT(BodyPublishers.ofFile(upload))
            .build());
  }

  private static String login() {
    return "Basic " + Base64.getEncoder().encodeToString("it:it".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits until there are no more web applications' class loaders than these. Each look is a
   * collection.
   */
  void awaitLoaders(long wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long left = loaders();
    while (left > wanted && System.nanoTime() - deadline < 0) {
      left = loaders();
    }
    assertThat(left).as("loaders of web applications").isEqualTo(wanted);
  }

  private long loaders() {
    return running.jcmd("GC.class_histogram").stream()
        .map(line -> COUNT.matcher(line.strip()))
        .filter(line -> line.lookingAt() && line.group(2).equals(LOADER))
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  /** The heads of Rotor's threads in a thread dump. */
  List<String> rotorThreads() {
    return running.threads("rotor-");
  }

  /** Replaces Rotor's configuration and waits until it is in effect. */
  void reload(String yaml) {
    running.awaitErrOf(() -> child.write("rotor.yaml", yaml), "reloaded: ");
  }

  /** Ends it by SIGTERM; no log may hold a secret. */
  Outcome terminate() {
    Outcome outcome = running.terminate();
    assertThat(logs()).as("Tomcat's logs").contains("Stopping service [Catalina]");
    return outcome;
  }

  /** All files of its log directory. */
  String logs() {
    try (Stream<Path> files = Files.list(base.resolve("logs"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
      String text = all.toString();
      for (TestKey key : Keys.all()) {
        // not by an assertion on the text, which would print what it holds
        assertThat(text.contains(key.secret())).as("a secret was logged").isFalse();
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.close();
  }
}
