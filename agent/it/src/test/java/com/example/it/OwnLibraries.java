package com.example.it;

import java.net.URL;

/** An application with libraries that Rotor has, too, in other versions. Uses no test library. */
public class OwnLibraries {

  private static Class<?> own(String name, String jar) throws Exception {
    Class<?> type = Class.forName(name);
    URL source = type.getProtectionDomain().getCodeSource().getLocation();
    require(source.getPath().endsWith("/application-libraries/" + jar), name + " is of " + source);
    require(type.getClassLoader() == ClassLoader.getSystemClassLoader(), "the system loader's");
    return type;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  private static void rotorWorks() {
    EveryPolicy.use();
  }

  public void jackson() throws Exception {
    rotorWorks();
    Object version =
        own("com.fasterxml.jackson.core.json.PackageVersion", "jackson-core-2.17.2.jar")
            .getField("VERSION")
            .get(null);
    require(version.toString().equals("2.17.2"), "version " + version);
  }

  public void caffeine() throws Exception {
    rotorWorks();
    Class<?> type = own("com.github.benmanes.caffeine.cache.Caffeine", "caffeine-3.1.8.jar");
    Object builder = type.getMethod("newBuilder").invoke(null);
    Object cache = type.getMethod("build").invoke(builder);
    require(
        cache.getClass().getName().startsWith("com.github.benmanes.caffeine.cache."), "a cache");
  }

  public void resilience4j() throws Exception {
    rotorWorks();
    Class<?> type =
        own(
            "io.github.resilience4j.circuitbreaker.CircuitBreaker",
            "resilience4j-circuitbreaker-2.2.0.jar");
    Object breaker = type.getMethod("ofDefaults", String.class).invoke(null, "own");
    require(type.getMethod("getName").invoke(breaker).equals("own"), "a breaker");
  }

  public void slf4jWithItsOwnProvider() throws Exception {
    rotorWorks();
    Class<?> factory = own("org.slf4j.LoggerFactory", "slf4j-api-2.0.16.jar");
    Object logger = factory.getMethod("getLogger", String.class).invoke(null, "own");
    require(logger.getClass().getName().equals("org.slf4j.simple.SimpleLogger"), "own provider");
    own("org.slf4j.simple.SimpleLogger", "slf4j-simple-2.0.16.jar");
    logger.getClass().getMethod("info", String.class).invoke(logger, "told by the application");
  }

  public void byteBuddy() throws Exception {
    rotorWorks();
    Class<?> type = own("net.bytebuddy.ByteBuddy", "byte-buddy-1.14.18.jar");
    Object buddy = type.getConstructor().newInstance();
    Object builder = type.getMethod("subclass", Class.class).invoke(buddy, Object.class);
    Object made =
        Class.forName("net.bytebuddy.dynamic.DynamicType$Builder")
            .getMethod("make")
            .invoke(builder);
    byte[] bytes =
        (byte[])
            Class.forName("net.bytebuddy.dynamic.DynamicType").getMethod("getBytes").invoke(made);
    require(bytes.length > 0, "a class");
  }
}
