package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindReaderTest {
  private static final String APIS =
      """
      apis:
        openai: {keys: ["${A}"]}
        azure: {profile: generic-header, hosts: ["*.openai.azure.com"], keys: ["${A}"]}
      limits: {search: 50/1s}
      caches: {answers: 5m}
      bind:
      """;

  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "secret");
  }

  private List<BindSettings> binds(String bind) {
    return config.load(APIS + bind).binds();
  }

  @Test
  void aHostBindingTakesAllItsSettings() {
    BindSettings bind =
        binds(
                """
                - host: api.openai.com
                  when: {method: [GET, post], path: "/v1/**", application: shop*}
                  rotate: openai
                  limit: search
                  cache: answers
                  share: 10%
                  mode: inject
                  retry: {idempotent: true}
                """)
            .get(0);
    assertThat(bind.where()).isEqualTo("rotor.yaml:7");
    assertThat(bind.host()).isEqualTo(new HostPattern("api.openai.com", null));
    assertThat(bind.method()).isNull();
    assertThat(bind.httpMethods()).containsExactly("GET", "POST");
    assertThat(bind.path()).isEqualTo(PathPattern.of("/v1/**"));
    assertThat(bind.application()).isEqualTo(ApplicationPattern.of("shop*"));
    assertThat(bind.rotate()).isEqualTo("openai");
    assertThat(bind.limit()).extracting(LimitSettings::name).isEqualTo("search");
    assertThat(bind.cache()).extracting(CacheSettings::name).isEqualTo("answers");
    assertThat(bind.share()).isEqualTo(0.1);
    assertThat(bind.mode()).isEqualTo(Mode.INJECT);
    assertThat(bind.idempotent()).isTrue();
  }

  @Test
  void aMethodBindingMayLimitAndCacheWithoutAnApi() {
    BindSettings bind =
        binds(
                """
                - method: com.legacy.RateClient#fetch(String)
                  limit: {rate: 5/1s, wait: 1s}
                  cache: {ttl: 1m}
                """)
            .get(0);
    assertThat(bind.host()).isNull();
    assertThat(bind.method()).hasToString("com.legacy.RateClient#fetch(String)");
    assertThat(bind.rotate()).isNull();
    assertThat(bind.limit())
        .isEqualTo(LimitSettings.of("com.legacy.RateClient#fetch(String)", 5, "1s", 0, "1s"));
    assertThat(bind.cache())
        .isEqualTo(
            new CacheSettings("com.legacy.RateClient#fetch(String)", Duration.ofMinutes(1), 1000));
    assertThat(bind.share()).isEqualTo(1);
    assertThat(bind.mode()).isNull();
    assertThat(bind.idempotent()).isNull();
    assertThat(bind.httpMethods()).isEmpty();
    assertThat(bind.path()).isNull();
    assertThat(bind.application()).isNull();
  }

  @Test
  void aRateAloneIsALimitInPlace() {
    BindSettings bind = binds("- {host: api.openai.com, limit: 5/1s}\n").get(0);
    assertThat(bind.limit()).isEqualTo(LimitSettings.of("api.openai.com", 5, "1s", 0, "0s"));
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "api.openai.com:443, openai",
    "mine.openai.azure.com, azure",
    "'*.openai.azure.com', azure",
    "'*.eu.openai.azure.com', azure",
    "'*.azure.com', azure"
  })
  void aHostWithoutAnApiIsOfTheOneThatOwnsIt(String host, String api) {
    assertThat(binds("- {host: '" + host + "', share: 50%}\n").get(0).rotate()).isEqualTo(api);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {rotate: openai}                        | `x` (rotor.yaml:7): must say a `host` or a `method`
          {host: api.openai.com, method: "a.B#c"} | `x` (rotor.yaml:7): says both `host` and `method`; write a binding for each
          {method: "a.B#c"}                       | `x` (rotor.yaml:7): binds nothing; say `rotate`, `limit` or `cache`
          {method: "a.B.c", rotate: openai}       | `x.method` (rotor.yaml:7): `a.B.c` is no method pattern: there is no `#` between type and method; write one as `com.legacy..*Client#fetch*(String, ..)`
          {method: "a.B#c", rotate: openai, when: {method: GET}} | `x.when` (rotor.yaml:7): goes with `host` only
          {method: "a.B#c", rotate: openai, when: {application: a}} | `x.when` (rotor.yaml:7): goes with `host` only
          {host: api.openai.com, when: {application: ""}} | `x.when.application` (rotor.yaml:7): is empty
          {host: api.openai.com, when: {applicaton: a}} | `x.when.applicaton` (rotor.yaml:7): unknown setting; did you mean `application`?
          {method: "a.B#c", rotate: opnai}        | `x.rotate` (rotor.yaml:7): unknown API `opnai`; did you mean `openai`?
          {method: "a.B#c", limit: serch}         | `x.limit` (rotor.yaml:7): unknown limit `serch`; did you mean `search`?
          {method: "a.B#c", cache: other}         | `x.cache` (rotor.yaml:7): unknown cache `other`; allowed: `answers`
          {method: "a.B#c", limit: 5/0s}          | `x.limit` (rotor.yaml:7): `5/0s` is no rate: both numbers must be above zero
          {host: api.other.com}                   | `x.host` (rotor.yaml:7): `api.other.com` is not among the hosts of any API; add it to one's `hosts`
          {host: api.other.com, rotate: openai}   | `x.rotate` (rotor.yaml:7): `api.other.com` is not among the hosts of `openai`, the only ones that its keys are sent to; add it to `apis.openai.hosts`
          {host: "a b"}                           | `x.host` (rotor.yaml:7): `a b` is not a host; write `api.example.com`, `*.example.com` or `127.0.0.1:8080`
          {host: api.openai.com, share: 101%}     | `x.share` (rotor.yaml:7): `101%` is out of range; a share is from `0%` to `100%`
          {host: api.openai.com, share: 0.5}      | `x.share` (rotor.yaml:7): `0.5` is not a share; write a percentage, such as `20%`
          {host: api.openai.com, when: {path: v1}} | `x.when.path` (rotor.yaml:7): `v1` is not a path; it starts with `/`, as in `/repos/**`
          {host: api.openai.com, when: {method: "G T"}} | `x.when.method` (rotor.yaml:7): `G T` is not an HTTP method
          {host: api.openai.com, retry: {max: 2}} | `x.retry.max` (rotor.yaml:7): unknown setting; allowed: `idempotent`
          {host: api.openai.com, mode: shadow}    | `x.mode` (rotor.yaml:7): `shadow` is not in this version yet; allowed: `on`, `inject`, `off`
          []                                      | `x` (rotor.yaml:7): settings by name must stand here, not a list
          """)
  void aWrongBindingIsTold(String bind, String mistake) {
    assertThat(config.mistakes(APIS + "- " + bind + "\n"))
        .containsExactly(mistake.replaceFirst("`x", "`bind[0]"));
  }

  @Test
  void nothingIsToldOfAnApiLimitOrCacheThatIsWrongItself() {
    assertThat(
            config.mistakes(
                """
                apis: {mine: {keys: [a]}}
                limits: {search: fast}
                bind:
                - {host: api.mine.com, limit: search}
                - {method: "a.B#c", rotate: mine}
                """))
        .hasSize(2);
  }
}
