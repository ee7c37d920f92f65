package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "secret-of-a-1").set("B", "secret-of-b-2");
  }

  @Test
  void theShortestFileTakesEverythingFromTheProfileNamedLikeTheApi() {
    Settings settings =
        config.load(
            """
            apis:
              openai:
                keys: ["${A}", "${B}"]
            """);
    ApiSettings api = ConfigFixture.api(settings, "openai");
    assertThat(api.mode()).isNull();
    assertThat(api.profile().name()).isEqualTo("openai");
    assertThat(api.hosts()).containsExactly(new HostPattern("api.openai.com", null));
    assertThat(api.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
    assertThat(api.strategy().kind()).isEqualTo(StrategyKind.ROUND_ROBIN);
    assertThat(api.keys()).extracting(KeySettings::name).containsExactly("key-1", "key-2");
    assertThat(api.keys())
        .extracting(key -> key.secret().reveal())
        .containsExactly("secret-of-a-1", "secret-of-b-2");
    assertThat(api.keys()).allMatch(KeySettings::enabled).allMatch(key -> key.priority() == 1);
    assertThat(api.replaces()).isEqualTo(Replaces.KNOWN);
    assertThat(api.cooldown()).isEqualTo(Duration.ofSeconds(60));
    assertThat(api.rotateMax()).isEqualTo(20);
    assertThat(api.retry()).isEqualTo(RetrySettings.DEFAULT);
    assertThat(api.waiting()).isEqualTo(WaitSettings.DEFAULT);
    assertThat(api.deadline()).isNull();
    assertThat(api.breaker()).isEqualTo(BreakerSettings.DEFAULT);
    assertThat(api.intercept()).isTrue();
    assertThat(api.idempotencyHeader()).isNull();
    assertThat(settings.mode()).isEqualTo(Mode.ON);
    assertThat(settings.flags()).isEqualTo(Flags.ALL);
    assertThat(settings.limits()).isEmpty();
    assertThat(settings.caches()).isEmpty();
    assertThat(settings.binds()).isEmpty();
    assertThat(settings.file()).isEqualTo(directory.resolve("rotor.yaml"));
  }

  @Test
  void everySettingOfAnApiIsRead() {
    ApiSettings api =
        config.api(
            """
            apis:
              chat:
                mode: inject
                profile: openai
                hosts: [api.example.com, "*.example.org:8443"]
                base-url: https://api.example.com/v2
                strategy: least-used
                keys:
                  - name: primary
                    secret: ${A}
                    account: acme
                    priority: 3
                    limits: {requests: 100/1m, concurrent: 5}
                    headers: {OpenAI-Organization: org-1}
                  - name: backup
                    secret: ${B}
                    region: eu-west-1
                    base-url: http://127.0.0.1:8080/v1
                    enabled: false
                replaces: any
                application-keys: [old-key, "sha256:%s"]
                headers: {X-Team: blue}
                cooldown: 15m
                rotate: {max: 3}
                retry: {max: 2, backoff: 100ms, factor: 1.5, max-backoff: 2s, budget: 50%%, idempotent: true}
                wait: {max: 5s, callers: 7}
                deadline: 30s
                circuit-breaker: {failure-rate: 25%%, window: 10, open: 5s, half-open: 1}
                intercept: false
                idempotency-header: Idempotency-Key
            """
                .formatted("AB".repeat(32)));
    assertThat(api.mode()).isEqualTo(Mode.INJECT);
    assertThat(api.hosts())
        .extracting(HostPattern::toString)
        .containsExactly("api.example.com", "*.example.org:8443", "127.0.0.1:8080");
    assertThat(api.baseUrl()).isEqualTo(URI.create("https://api.example.com/v2"));
    assertThat(api.strategy().kind()).isEqualTo(StrategyKind.LEAST_USED);
    assertThat(api.keys())
        .containsExactly(
            new KeySettings(
                "primary",
                Secret.of("secret-of-a-1"),
                "acme",
                3,
                1,
                new Rates(
                    new Rate(100, Duration.ofMinutes(1)),
                    null,
                    null,
                    null,
                    LimitSettings.Algorithm.SLIDING_WINDOW,
                    0,
                    Map.of()),
                null,
                5,
                List.of(),
                null,
                null,
                null,
                null,
                Map.of("OpenAI-Organization", "org-1"),
                true),
            new KeySettings(
                "backup",
                Secret.of("secret-of-b-2"),
                null,
                1,
                1,
                Rates.NONE,
                null,
                KeySettings.UNLIMITED,
                List.of(),
                null,
                null,
                "eu-west-1",
                URI.create("http://127.0.0.1:8080/v1"),
                Map.of(),
                false));
    assertThat(api.replaces()).isEqualTo(Replaces.ANY);
    assertThat(api.applicationKeys()).containsExactly("old-key", "sha256:" + "ab".repeat(32));
    assertThat(api.headers()).isEqualTo(Map.of("X-Team", "blue"));
    assertThat(api.cooldown()).isEqualTo(Duration.ofMinutes(15));
    assertThat(api.rotateMax()).isEqualTo(3);
    assertThat(api.retry())
        .isEqualTo(
            new RetrySettings(2, Duration.ofMillis(100), 1.5, Duration.ofSeconds(2), 0.5, true));
    assertThat(api.waiting()).isEqualTo(new WaitSettings(Duration.ofSeconds(5), 7));
    assertThat(api.deadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(api.breaker()).isEqualTo(new BreakerSettings(0.25, 10, Duration.ofSeconds(5), 1));
    assertThat(api.intercept()).isFalse();
    assertThat(api.idempotencyHeader()).isEqualTo("Idempotency-Key");
  }

  @Test
  void theTopLevelIsRead() {
    Settings settings =
        config.load(
            """
            mode: off
            limits:
              search: {rate: 50/1s, burst: 100, algorithm: token-bucket, by: user, wait: 2s}
              short: 10/m
              window: {rate: 5/1h, algorithm: fixed-window, by: "args[0].userId"}
              sliding: {rate: 7/1m, algorithm: sliding-window}
            caches:
              answers: {ttl: 5m, max-entries: 10}
              plain: {}
              brief: 2s
            flags: {rotation: true, limits: off, caching: false}
            state: memory
            """);
    assertThat(settings.mode()).isEqualTo(Mode.OFF);
    assertThat(settings.limits().values())
        .containsExactly(
            new LimitSettings(
                "search",
                new Rate(50, Duration.ofSeconds(1)),
                100,
                LimitSettings.Algorithm.TOKEN_BUCKET,
                "user",
                Duration.ofSeconds(2)),
            new LimitSettings(
                "short",
                new Rate(10, Duration.ofMinutes(1)),
                10,
                LimitSettings.Algorithm.TOKEN_BUCKET,
                null,
                Duration.ZERO),
            new LimitSettings(
                "window",
                new Rate(5, Duration.ofHours(1)),
                5,
                LimitSettings.Algorithm.FIXED_WINDOW,
                "args[0].userId",
                Duration.ZERO),
            new LimitSettings(
                "sliding",
                new Rate(7, Duration.ofMinutes(1)),
                7,
                LimitSettings.Algorithm.SLIDING_WINDOW,
                null,
                Duration.ZERO));
    assertThat(settings.caches().values())
        .containsExactly(
            new CacheSettings("answers", Duration.ofMinutes(5), 10),
            new CacheSettings("plain", Duration.ofMinutes(5), 1000),
            new CacheSettings("brief", Duration.ofSeconds(2), 1000));
    assertThat(settings.flags()).isEqualTo(new Flags(true, false, false));
  }

  @Test
  void defaultsHoldForEveryApiDownToASingleSetting() {
    Settings settings =
        config.load(
            """
            defaults:
              mode: inject
              deadline: 20s
              strategy: priority
              cooldown: 5s
              rotate: {max: 4}
              wait: 1s
              retry: {max: 9, backoff: 3s}
              circuit-breaker: off
            apis:
              openai:
                keys: ["${A}"]
              anthropic:
                keys: ["${B}"]
                mode: on
                deadline: off
                strategy: round-robin
                retry: {backoff: 2s}
                wait: {callers: 3}
                circuit-breaker: on
            """);
    ApiSettings openai = ConfigFixture.api(settings, "openai");
    ApiSettings anthropic = ConfigFixture.api(settings, "anthropic");
    assertThat(openai.mode()).isEqualTo(Mode.INJECT);
    assertThat(openai.deadline()).isEqualTo(Duration.ofSeconds(20));
    assertThat(openai.strategy().kind()).isEqualTo(StrategyKind.PRIORITY);
    assertThat(openai.rotateMax()).isEqualTo(4);
    assertThat(openai.breaker()).isNull();
    assertThat(anthropic.mode()).isEqualTo(Mode.ON);
    assertThat(anthropic.deadline()).isNull();
    assertThat(anthropic.strategy().kind()).isEqualTo(StrategyKind.ROUND_ROBIN);
    assertThat(anthropic.cooldown()).isEqualTo(Duration.ofSeconds(5));
    assertThat(anthropic.retry().max()).isEqualTo(9);
    assertThat(anthropic.retry().backoff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(anthropic.waiting()).isEqualTo(new WaitSettings(Duration.ofSeconds(1), 3));
    assertThat(anthropic.breaker()).isEqualTo(BreakerSettings.DEFAULT);
  }

  @Test
  void retryAndBreakerCanBeSwitchedOff() {
    ApiSettings api =
        config.api(
            """
            apis:
              openai: {keys: "${A}", retry: off, circuit-breaker: off}
            """);
    assertThat(api.retry().max()).isZero();
    assertThat(api.breaker()).isNull();
  }

  @Test
  void aSwitchMayComeFromTheEnvironment() {
    config.set("SWITCH", "off");
    ApiSettings api =
        config.api(
            """
            defaults: {deadline: 5s}
            apis:
              openai:
                keys: ["${A}"]
                mode: ${SWITCH}
                retry: ${SWITCH}
                circuit-breaker: ${NONE:off}
                deadline: ${SWITCH}
            """);
    assertThat(api.mode()).isEqualTo(Mode.OFF);
    assertThat(api.retry().max()).isZero();
    assertThat(api.breaker()).isNull();
    assertThat(api.deadline()).isNull();
  }

  @Test
  void aBackoffAboveTheBuiltInCapRaisesTheCap() {
    ApiSettings api = config.api("apis: {openai: {keys: ['${A}'], retry: {backoff: 2m}}}");
    assertThat(api.retry().maxBackoff()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void apisKeepTheOrderOfTheFile() {
    Settings settings =
        config.load(
            """
            apis:
              zeta: {profile: generic-bearer, hosts: a.example, keys: ["${A}"]}
              beta: {profile: generic-bearer, hosts: b.example, keys: ["${A}"]}
              alpha: {profile: generic-bearer, hosts: c.example, keys: ["${A}"]}
            """);
    assertThat(settings.apis().keySet()).containsExactly("zeta", "beta", "alpha");
  }

  @Test
  void ownHostsReplaceTheProfilesAndItsBaseUrlGoesWithThem() {
    ApiSettings api = config.api("apis: {openai: {hosts: ['127.0.0.1:8080'], keys: ['${A}']}}");
    assertThat(api.hosts()).containsExactly(new HostPattern("127.0.0.1", 8080));
    assertThat(api.baseUrl()).isNull();
  }

  @Test
  void theHostOfABaseUrlJoinsTheProfiles() {
    ApiSettings api =
        config.api("apis: {openai: {base-url: 'http://127.0.0.1:8080/v1', keys: ['${A}']}}");
    assertThat(api.hosts())
        .containsExactly(
            new HostPattern("api.openai.com", null), new HostPattern("127.0.0.1", 8080));
    assertThat(api.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
  }

  @Test
  void modesThatYaml11ToolsWriteAsBooleansAreUnderstood() {
    assertThat(config.load("mode: true").mode()).isEqualTo(Mode.ON);
    assertThat(config.load("mode: false").mode()).isEqualTo(Mode.OFF);
    assertThat(config.load("mode: 'on'").mode()).isEqualTo(Mode.ON);
  }

  @Test
  void aMissingSecretDisablesItsKeyOnly() {
    ApiSettings api = config.api("apis: {openai: {keys: ['${A}', '${UNSET}']}}");
    assertThat(api.keys()).extracting(key -> key.secret().isMissing()).containsExactly(false, true);
    assertThat(api.keys().get(1).secret().origin()).isEqualTo("UNSET");
  }

  @Test
  void theLastLineEndOfASecretIsDropped() {
    config.set("ECHOED", "secret-of-echo\n");
    assertThat(config.api("apis: {openai: {keys: ['${ECHOED}']}}").keys().get(0).secret())
        .isEqualTo(Secret.of("secret-of-echo"));
  }

  @Test
  void anApiThatIsOffNeedsNoKeys() {
    assertThat(config.api("mode: off\napis: {openai: {keys: ['${UNSET}']}}").keys()).hasSize(1);
    assertThat(config.api("apis: {openai: {mode: off}}").keys()).isEmpty();
  }

  @Test
  void noSecretShowsInTheTextOfTheSettings() {
    config.set("TOKEN", "header-secret");
    Settings settings =
        config.load(
            """
            apis:
              openai:
                keys: [{secret: "${A}", headers: {X-Extra: "${TOKEN}"}}]
                headers: {X-Extra: "${TOKEN}"}
                application-keys: ["app-secret"]
            """);
    assertThat(settings.toString())
        .doesNotContain("secret-of-a-1", "header-secret", "app-secret")
        .contains("sec…a-1");
  }

  @Test
  void aSmallBurstDividedAmongReplicasIsNotNone() {
    ApiSettings api =
        config.api(
            """
            replicas: 4
            apis:
              openai:
                keys:
                  - name: a
                    secret: ${A}
                    limits: {requests: 400/1m, algorithm: token-bucket, burst: 3}
                  - name: b
                    secret: ${B}
                    limits: {requests: 400/1m, algorithm: token-bucket}
            """);
    assertThat(api.keys()).extracting(key -> key.limits().burst()).containsExactly(1L, 0L);
  }

  @Test
  void theSameFileGivesEqualSettings() {
    String yaml =
        """
        apis: {openai: {keys: ["${A}"]}}
        bind:
          - {host: api.openai.com, when: {path: "/v1/**"}}
          - {method: "com.legacy.Client#call", rotate: openai}
        """;
    assertThat(config.load(yaml)).isEqualTo(config.load(yaml));
    assertThat(List.of(config.load(yaml))).contains(config.load(yaml));
  }
}
