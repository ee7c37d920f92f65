package dev.rotor.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.annotations.RotatedApi;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.TestKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A named module that knows the annotations' module, and code in it that knows nothing. */
class ModularApplicationIT {

  private static final String MODULE =
      """
      module com.example.modular {
        requires rotor.annotations;
      }
      """;

  private static final String MAIN =
      """
      package com.example.modular;

      import dev.rotor.annotations.*;
      import java.util.*;
      import java.util.concurrent.CompletableFuture;

      public class Main {
        static final List<String> seen = new ArrayList<>();

        static void arrive(String key) {
          boolean refused = seen.isEmpty();
          seen.add(key.substring("sk-it-".length(), key.lastIndexOf('-')));
          if (refused) {
            throw new IllegalStateException("too many requests");
          }
        }

        @RotatedApi("pets")
        static String rotated(@ApiKey String key) {
          arrive(key);
          return "rotated";
        }

        @RotatedApi("more")
        static CompletableFuture<String> later(@ApiKey String key) {
          arrive(key);
          return CompletableFuture.completedFuture("later");
        }

        @RateLimited(permits = 1, per = "1h")
        static void limited() {}

        static Object bound(Object question) {
          return new Object();
        }

        public static void main(String[] arguments) throws Exception {
          System.out.println(rotated(null) + " " + seen);
          seen.clear();
          System.out.println(later(null).get() + " " + seen);
          System.out.println("same instance " + (bound("why") == bound("why")));
          limited();
          try {
            limited();
          } catch (LimitExceededException e) {
            System.out.println(e.getClass().getModule());
          }
        }
      }
      """;

  private static final String YAML =
      """
      apis:
        pets: &api
          profile: generic-bearer
          hosts: [pets.example]
          keys: [{name: alpha, secret: "${KEY_ALPHA}"}, {name: beta, secret: "${KEY_BETA}"}]
        more:
          <<: *api
          hosts: [more.example]
      caches:
        answers: {ttl: 1h}
      bind:
        - {method: "com.example.modular.Main#bound", cache: answers}
      """;

  private static void compile(Path sources, Path annotations, Path into) throws IOException {
    Path module = Files.writeString(sources.resolve("module-info.java"), MODULE);
    Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                List.of(
                        "--module-path",
                        annotations.toString(),
                        "-d",
                        into.toString(),
                        module.toString(),
                        main.toString())
                    .toArray(String[]::new));
    assertThat(result).isZero();
  }

  @Test
  void aNamedModuleIsWovenAsAnyOtherCode() throws IOException {
    ChildJvm child = ChildJvm.plain("-m", "com.example.modular/com.example.modular.Main");
    Path annotations =
        Files.copy(
            ChildJvm.location(RotatedApi.class),
            child.directory().resolve("rotor-annotations.jar"));
    Path modules = child.directory().resolve("modules");
    compile(child.directory(), annotations, modules);
    Outcome outcome =
        child
            .config(YAML)
            .keys(TestKey.of("alpha"), TestKey.of("beta"))
            .onlyClassPath()
            .option("--module-path")
            .option(modules + File.pathSeparator + annotations)
            .run();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.outLines())
        .containsExactly(
            "rotated [alpha, beta]",
            "later [alpha, beta]",
            "same instance true",
            "module rotor.annotations");
    assertThat(outcome.err()).doesNotContain("a fault").doesNotContain("WARNING");
  }
}
