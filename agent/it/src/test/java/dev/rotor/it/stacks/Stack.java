package dev.rotor.it.stacks;

import dev.rotor.it.harness.Java;
import dev.rotor.it.harness.StackJars;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A class path, as an application with this client has it: a module of {@code agent/it/stacks}. */
enum Stack {
  JDK("java.net.http", "", ""),
  JDK_25("java.net.http", "", ""),
  URL_CONNECTION("HttpURLConnection", "", ""),
  OKHTTP_3("OkHttp", "okhttp-3", "okhttp"),
  OKHTTP_4("OkHttp", "okhttp-4", "okhttp"),
  OKHTTP_5("OkHttp", "okhttp-5", "okhttp-jvm"),
  APACHE_4("Apache HttpClient", "httpclient-4", "httpclient"),
  APACHE_5_4("Apache HttpClient", "httpclient-5.4", "httpclient5"),
  APACHE_5_6("Apache HttpClient", "httpclient-5.6", "httpclient5"),
  NETTY_1_2("Reactor Netty", "reactor-netty-1.2", "reactor-netty-http"),
  NETTY_1_3("Reactor Netty", "reactor-netty-1.3", "reactor-netty-http"),
  RETROFIT("Retrofit", "retrofit", "retrofit"),
  FEIGN("Feign", "feign", "feign-core"),
  FEIGN_OKHTTP("Feign", "feign-okhttp", "feign-core"),
  SPRING_6("Spring", "spring-6", "spring-web"),
  SPRING_6_APACHE("Spring", "spring-6-hc5", "spring-web"),
  SPRING_6_REACTIVE("Spring", "spring-6-webflux", "spring-web"),
  SPRING_7("Spring", "spring-7", "spring-web"),
  APACHE_4_3("Apache HttpClient", "httpclient-4.3", "httpclient"),
  APACHE_5_1("Apache HttpClient", "httpclient-5.1", "httpclient5"),
  NETTY_1_1("Reactor Netty", "reactor-netty-1.1", "reactor-netty-http");

  private static final Set<Stack> OLDEST = EnumSet.of(APACHE_4_3, APACHE_5_1, NETTY_1_1);

  private final String title;
  private final String folder;
  private final String jar;

  Stack(String title, String folder, String jar) {
    this.title = title;
    this.folder = folder;
    this.jar = jar;
  }

  /** The client with its version, which its jar tells. */
  String title() {
    if (folder.isEmpty()) {
      return title + (this == JDK_25 ? ", Java 25" : "");
    }
    String version =
        jars().stream()
            .map(it -> it.getFileName().toString())
            .filter(it -> it.matches(jar + "-\\d.*\\.jar"))
            .map(it -> it.substring(jar.length() + 1, it.length() - ".jar".length()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + jar + " in " + folder));
    return title + " " + version;
  }

  /** What stands on its class path beside the application. */
  List<Path> jars() {
    return folder.isEmpty() ? List.of() : StackJars.of(folder);
  }

  /** Whether it has columns in the table, and not just one request that rotates. */
  boolean isInTable() {
    return !OLDEST.contains(this);
  }

  /** The Java that it runs on; null: there is none here. */
  Java java() {
    return this == JDK_25 ? Java.java25().orElse(null) : Java.current();
  }
}
