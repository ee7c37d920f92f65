package dev.rotor.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The built applications. */
final class Apps {

  private Apps() {}

  static Path boot() {
    return built("boot-app", "boot-app.jar");
  }

  static Path shop() {
    return built("shop-war", "shop.war");
  }

  static Path news() {
    return built("news-war", "news.war");
  }

  private static Path built(String module, String file) {
    Path built =
        Path.of(System.getProperty("rotor.it.apps", "apps"), module, "target", file)
            .toAbsolutePath()
            .normalize();
    assertThat(built).as("build agent/it/apps first").exists();
    return built;
  }
}
