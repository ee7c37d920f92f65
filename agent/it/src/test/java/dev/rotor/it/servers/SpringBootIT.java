package dev.rotor.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Outcome;
import dev.rotor.it.harness.RunningJvm;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Keys;
import dev.rotor.samples.stub.StubProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executable jar of Spring Boot under the agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpringBootIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  private StubProvider provider;
  private RunningJvm running;
  private Asking asking;

  @BeforeAll
  void start() {
    provider = Keys.provider();
    running = application().start();
    Matcher port = PORT.matcher(running.awaitOut("Tomcat started on port", PATIENCE));
    assertThat(port.find()).isTrue();
    running.awaitOut("Started BootApp", PATIENCE);
    asking = new Asking(Integer.parseInt(port.group(1)));
  }

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
    provider.close();
  }

  @BeforeEach
  void limit() {
    provider.reset();
    provider.next(429, Map.of("retry-after-ms", "10"), Apis.LIMITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest-client", "rest-template", "web-client"})
  @Order(1)
  void keysRotateForEachClient(String client) {
    String answer = asking.get("/" + client + "?of=" + provider.url() + "/echo");

    assertThat(answer).startsWith("200 {\"method\": \"GET\"");
    assertThat(Keys.of(provider)).containsExactlyInAnyOrder("alpha", "beta");
  }

  @Test
  @Order(2)
  void itsLibrariesAreItsOwn() {
    String answer = asking.get("/libraries");

    for (String library :
        List.of("jackson-databind", "slf4j-api", "micrometer-core", "byte-buddy")) {
      assertThat(answer)
          .containsPattern("boot-app\\.jar/!BOOT-INF/lib/" + library + "-[0-9.]+jar!/");
    }
  }

  @Test
  @Order(3)
  void noThreadOfRotorsKeepsItAlive() {
    assertThat(running.threads("rotor-"))
        .anyMatch(it -> it.startsWith("\"rotor-config\""))
        .allMatch(it -> it.contains(" daemon "));
  }

  @Test
  @Order(4)
  void itEndsGracefully() {
    Outcome outcome = running.terminate();

    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(128 + 15);
    assertThat(outcome.out())
        .contains("Commencing graceful shutdown. Waiting for active requests to complete")
        .contains("Graceful shutdown complete");
    assertNothingClashed(outcome);
  }

  @Test
  @Order(5)
  void withoutAServerItEndsWithItsMainThread() {
    Outcome outcome;
    try (RunningJvm once =
        application()
            .arguments(
                "--spring.main.web-application-type=none", "--ask=" + provider.url() + "/echo")
            .start()) {
      outcome = once.end(PATIENCE);
    }

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("answered: {\"method\": \"GET\"");
    assertThat(Keys.of(provider)).containsExactlyInAnyOrder("alpha", "beta");
    assertNothingClashed(outcome);
  }

  private static void assertNothingClashed(Outcome outcome) {
    assertThat(outcome.rotorLines()).anyMatch(it -> it.startsWith("[rotor] INFO started: "));
    assertThat(outcome.err())
        .doesNotContain("[rotor] WARN", "[rotor] ERROR", "WARNING:", "Exception", "Error:");
    assertThat(outcome.out()).doesNotContain(" WARN ", " ERROR ", "Exception", "Error:");
  }

  private ChildJvm application() {
    return ChildJvm.plain("-jar", Apps.boot().toString())
        .onlyClassPath()
        // starts in half the time
        .option("-XX:TieredStopAtLevel=1")
        .keys(Keys.ALPHA, Keys.BETA)
        .config(
            """
            apis:
              provider:
                profile: generic-bearer
                base-url: %s
                keys: [{name: alpha, secret: "${KEY_ALPHA}"}, {name: beta, secret: "${KEY_BETA}"}]
            """
                .formatted(provider.url()));
  }
}
