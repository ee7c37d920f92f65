package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMistakesTest {
  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "sk-very-secret-a");
  }

  @Test
  void anUnknownSettingIsToldWithItsLineAndTheNearestName() {
    assertThat(
            config.mistakes(
                """
                # a comment

                apis:
                  openai:
                    keys: ["${A}"]

                    stratgy: priority
                """))
        .containsExactly(
            "`apis.openai.stratgy` (rotor.yaml:7): unknown setting; did you mean `strategy`?");
  }

  @Test
  void anUnknownSettingWithoutANearNameIsToldWithTheAllowedOnes() {
    assertThat(config.mistakes("flags: {telepathy: true}"))
        .containsExactly(
            "`flags.telepathy` (rotor.yaml:1): unknown setting; allowed: `rotation`, `limits`,"
                + " `caching`");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    List<String> mistakes =
        config.mistakes(
            """
            mode: onn
            apis:
              openai:
                keys: ["${A}"]
                cooldown: 5 parsecs
                retry: {max: -1, budget: 120%}
            limits:
              search: 0/1s
            """);
    assertThat(mistakes)
        .containsExactly(
            "`mode` (rotor.yaml:1): `onn` must be one of `on`, `inject`, `off`; did you mean `on`?",
            "`apis.openai.cooldown` (rotor.yaml:5): `5 parsecs` is not a duration; write a number"
                + " and its unit, such as `500ms`, `2s`, `15m`, `1h` or `1d`",
            "`apis.openai.retry.max` (rotor.yaml:6): `-1` must be at least 0",
            "`apis.openai.retry.budget` (rotor.yaml:6): `120%` is out of range; a share is from"
                + " `0%` to `100%`",
            "`limits.search` (rotor.yaml:8): `0/1s` is no rate: both numbers must be above zero");
    assertThat(new ConfigException(mistakes))
        .hasMessage(String.join(System.lineSeparator(), mistakes));
  }

  /** Each line: settings of an API in place of a good one, and what is told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cooldown: 0s             | `x.cooldown` (rotor.yaml:5): `0s` must be above zero
          cooldown:                | `x.cooldown` (rotor.yaml:5): a single value must stand here, not nothing
          cooldown: [1s]           | `x.cooldown` (rotor.yaml:5): a single value must stand here, not a list
          cooldown: "${NOPE}"      | `x.cooldown` (rotor.yaml:5): `${NOPE}` needs the variable `NOPE`, which is not set
          cooldown: "${file:no}"   | `x.cooldown` (rotor.yaml:5): `${file:no}` needs file no, which cannot be read
          cooldown: "${A"          | `x.cooldown` (rotor.yaml:5): `${A` has a `${` without its `}`; write `$${` for one that stands for itself
          cooldown: "${A}"         | `x.cooldown` (rotor.yaml:5): `${A}` is not a duration; write a number and its unit, such as `500ms`, `2s`, `15m`, `1h` or `1d`
          intercept: maybe         | `x.intercept` (rotor.yaml:5): `maybe` must be `true` or `false`
          rotate: 3                | `x.rotate` (rotor.yaml:5): settings by name must stand here, not a single value
          rotate: {max: many}      | `x.rotate.max` (rotor.yaml:5): `many` is not a whole number
          retry: {factor: 0.5}     | `x.retry.factor` (rotor.yaml:5): `0.5` must be at least 1.0
          retry: {factor: NaN}     | `x.retry.factor` (rotor.yaml:5): `NaN` is not a number
          retry: {backoff: 5s, max-backoff: 1s} | `x.retry.max-backoff` (rotor.yaml:5): must not be less than `backoff` (5s)
          circuit-breaker: {failure-rate: 0%} | `x.circuit-breaker.failure-rate` (rotor.yaml:5): must be above zero; to have none: `circuit-breaker: off`
          circuit-breaker: {window: 0} | `x.circuit-breaker.window` (rotor.yaml:5): `0` must be at least 1
          idempotency-header: a b  | `x.idempotency-header` (rotor.yaml:5): `a b` is not the name of a header
          base-url: api.example.com | `x.base-url` (rotor.yaml:5): `api.example.com` must start with `https://` or `http://`
          base-url: "https://u:p@h" | `x.base-url` (rotor.yaml:5): the value must be a URL of host and path only, without user, query or fragment
          base-url: "https://"     | `x.base-url` (rotor.yaml:5): `https://` is not a URL; write one as `https://host/path`
          hosts: ["https://a.b"]   | `x.hosts[0]` (rotor.yaml:5): `https://a.b` is not a host but a URL; write its host alone, such as `api.example.com`
          hosts: ["*"]             | `x.hosts[0]` (rotor.yaml:5): `*` is not a host; write `api.example.com`, `*.example.com` or `127.0.0.1:8080`
          hosts: ["a.b:99999"]     | `x.hosts[0]` (rotor.yaml:5): `a.b:99999` has a bad port; it is a number from 1 to 65535
          hosts: []                | `x.hosts` (rotor.yaml:5): is empty; say at least one host, or leave it out for the profile's own
          replaces: all            | `x.replaces` (rotor.yaml:5): `all` must be one of `known`, `any`
          profile: opnai           | `x.profile` (rotor.yaml:5): unknown profile `opnai`; did you mean `openai`?
          application-keys: ["sha256:12"] | `x.application-keys[0]` (rotor.yaml:5): after `sha256:` there must stand 64 hexadecimal digits
          headers: {"a b": c}      | `x.headers.a b` (rotor.yaml:5): is not the name of a header
          strategy: nearest        | `x.strategy` (rotor.yaml:5): needs the own region; say it, such as `region: ${AWS_REGION:us-east-1}`
          affinity: {}             | `x.affinity` (rotor.yaml:5): must say one of `header` and `body`
          limits: {burst: 5}       | `x.limits.burst` (rotor.yaml:5): goes with `algorithm: token-bucket` only
          limits: {requests: 5}    | `x.limits.requests` (rotor.yaml:5): `5` is not a rate; write how many in which time, such as `100/1m`
          mode: shadow             | `x.mode` (rotor.yaml:5): `shadow` is not in this version yet; allowed: `on`, `inject`, `off`
          timeout: 30s             | `x.timeout` (rotor.yaml:5): is not in this version yet
          quota: {daily: 5}        | `x.quota` (rotor.yaml:5): is not in this version yet
          """)
  void aWrongSettingOfAnApiIsTold(String setting, String mistake) {
    String yaml =
        """
        apis:
          openai:
            keys: ["${A}"]
            # the setting that is wrong:
            %s
        """
            .formatted(setting);
    assertThat(config.mistakes(yaml)).containsExactly(mistake.replace("`x.", "`apis.openai."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: a}                     | `x` (rotor.yaml:4): has no `secret`; write one, such as `secret: ${API_KEY}`
          {secret: "${A}", quota: {}}   | `x.quota` (rotor.yaml:4): limits nothing; write `daily: 10000`, `monthly: 200000` or both
          {secret: "${A}", weight: -2}  | `x.weight` (rotor.yaml:4): `-2` must be at least 0.0
          {secret: "${A}", urgency: now} | `x.urgency` (rotor.yaml:4): `now` must be one of `high`, `medium`, `low`; did you mean `low`?
          {secret: "${A}", limits: {tokens: 1}}      | `x.limits.tokens` (rotor.yaml:4): `1` is not a rate; write how many in which time, such as `100/1m`
          {secret: "${A}", limits: {requests: 5}}    | `x.limits.requests` (rotor.yaml:4): `5` is not a rate; write how many in which time, such as `100/1m`
          {secret: "${A}", limits: {requests: -1/1s}} | `x.limits.requests` (rotor.yaml:4): `-1/1s` is no rate: both numbers must be above zero
          {secret: "${A}", limits: {concurrent: 0}}  | `x.limits.concurrent` (rotor.yaml:4): `0` must be at least 1
          {secret: "${A}", priority: high}           | `x.priority` (rotor.yaml:4): `high` is not a whole number
          {secret: "${A}", name: key-1}              | `x.name` (rotor.yaml:4): another key of this API has the same name, `key-1` (rotor.yaml:3)
          {secret: "${A}", name: "a b"}              | `x.name` (rotor.yaml:4): a name is made of letters, digits, `.`, `_` and `-`
          {secret: "${A}", acount: b}                | `x.acount` (rotor.yaml:4): unknown setting; did you mean `account`?
          {secret: ""}                               | `x.secret` (rotor.yaml:4): is empty; write a secret, such as `${API_KEY}`
          ~                                          | `x` (rotor.yaml:4): is empty; write a secret, such as `${API_KEY}`
          ["${A}"]                                   | `x` (rotor.yaml:4): settings by name must stand here, not a list
          """)
  void aWrongKeyIsTold(String key, String mistake) {
    String yaml = "apis:\n  openai: {keys: [\n    \"${A}\",\n    " + key + "]}\n";
    assertThat(config.mistakes(yaml))
        .containsExactly(mistake.replaceFirst("`x", "`apis.openai.keys[1]"));
  }

  @Test
  void anApiWithoutKeysOrProfileOrHostsIsTold() {
    assertThat(
            config.mistakes(
                """
                apis:
                  openai:
                  mine: {keys: ["${A}"]}
                  hostless: {profile: generic-bearer, keys: ["${A}"]}
                  empty: {profile: openai, keys: []}
                """))
        .containsExactly(
            "`apis.openai` (rotor.yaml:2): has no `keys`; write them as `keys: [\"${KEY_1}\","
                + " \"${KEY_2}\"]`",
            "`apis.mine` (rotor.yaml:3): no profile is named `mine`, so say which: `profile:` with"
                + " one of `"
                + String.join("`, `", Profiles.NAMES)
                + "`, or one given in place",
            "`apis.hostless` (rotor.yaml:4): has no hosts, so no request is its own; say `hosts:"
                + " [api.example.com]` or `base-url`",
            "`apis.empty.keys` (rotor.yaml:5): is empty; write at least one, such as"
                + " `[\"${API_KEY}\"]`");
  }

  @Test
  void anApiWithoutAnyUsableKeyIsToldWithTheReasons() {
    assertThat(
            config.mistakes(
                """
                apis:
                  openai:
                    keys:
                      - ${UNSET}
                      - ${file:nowhere}
                      - {name: resting, secret: "${A}", enabled: false}
                """))
        .containsExactly(
            "`apis.openai.keys` (rotor.yaml:4): no key is usable: `key-1` needs UNSET; `key-2`"
                + " needs file nowhere; `resting` is off");
  }

  @Test
  void noTextThatMayBeASecretIsEverShown() {
    List<String> yamls =
        List.of(
            "apis: {openai: {keys: {sk-very-secret-a: x}}}",
            "apis: {openai: {keys: [[sk-very-secret-a]]}}",
            "apis: {openai: {keys: [{sk-very-secret-a: }]}}",
            "apis: {openai: {keys: [{secret: {sk-very-secret-a: }}]}}",
            "apis: {openai: {keys: [\"sk-very-secret-a\\n1\"]}}",
            "apis: {openai: {keys: ['sk-very-secret-a${']}}",
            "apis: {openai: {keys: [{secert: sk-very-secret-a}]}}",
            "apis: {openai: {keys: [{secret: x, priority: '${A}'}]}}",
            "apis: {openai: {keys: ['${A}'], application-keys: ['sha256:sk-very-secret-a']}}",
            "apis: {openai: {keys: ['${A}'], application-keys: ['sk-very-secret-a${']}}",
            "apis: {openai: {keys: ['${A}'], headers: {X: \"sk-very-secret-a\\n\"}}}",
            "apis: {openai: {keys: ['${A}'], headers: {X: [sk-very-secret-a]}}}",
            "apis: {openai: {keys: ['${A}'], base-url: 'https://sk-very-secret-a@h/'}}",
            "apis: {openai: {keys: ['${A}'], strategy: '${A}'}}",
            "apis: {openai: {keys: ['${A}'], profile: '${A}'}}",
            "apis: {openai: {keys: ['${A}']}}\nbind: [{host: api.openai.com, rotate: '${A}'}]",
            "apis: {openai: {keys: ['${A}']}}\nbind: [{host: '${A}'}]",
            "apis: {openai: {keys: ['${A}']}}\nbind: [{method: '${A}', cache: '${A}'}]",
            "include: '${A}'\nmode: on",
            "apis: {openai: {keys: [*sk-very-secret-a]}}",
            "apis:\n  openai:\n    keys: [sk-very-secret-a\n  x: {",
            "apis:\n  openai:\n    keys: [\"sk-very-secret-a\\q\"]");
    for (String yaml : yamls) {
      assertThat(config.mistakes(yaml)).as(yaml).isNotEmpty().noneMatch(m -> m.contains("very"));
    }
  }

  @Test
  void settingsThatAreNotInThisVersionYetSaySo() {
    assertThat(config.mistakes("admin: {port: 7070}\nstate: redis://localhost:6379"))
        .containsExactly(
            "`state` (rotor.yaml:2): `redis://localhost:6379` is not in this version yet; allowed:"
                + " `memory`, or a directory as `file:DIR`",
            "`admin` (rotor.yaml:1): is not in this version yet");
    assertThat(config.mistakes("state: disk"))
        .containsExactly(
            "`state` (rotor.yaml:1): `disk` is no place for state; allowed: `memory`, or a directory"
                + " as `file:DIR`");
  }

  @Test
  void aMistakeInTheDefaultsIsToldOnce() {
    assertThat(
            config.mistakes(
                """
                defaults: {cooldown: long, keys: []}
                apis:
                  openai: {keys: ["${A}"]}
                  anthropic: {keys: ["${A}"]}
                """))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("`defaults.cooldown` (rotor.yaml:1): `long` is not a duration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {burst: 3}                               | `x` (rotor.yaml:1): has no `rate`; write one, such as `rate: 50/1s`
          {rate: 5/1s, burst: 0}                   | `x.burst` (rotor.yaml:1): `0` must be at least 1
          {rate: 5/1s, algorithm: leaky}           | `x.algorithm` (rotor.yaml:1): `leaky` must be one of `token-bucket`, `sliding-window`, `fixed-window`
          {rate: 5/1s, algorithm: sliding-window, burst: 2} | `x.burst` (rotor.yaml:1): goes with `algorithm: token-bucket` only
          {rate: 5/1s, algorithm: fixed-window, burst: 2} | `x.burst` (rotor.yaml:1): goes with `algorithm: token-bucket` only
          {rate: 5/1s, by: "args[x]"}              | `x.by` (rotor.yaml:1): `args[x]` names no value; write a parameter as `user` or `args[0]`, or `args[0].userId`
          {rate: 5/1s, by: "args[0]x"}             | `x.by` (rotor.yaml:1): `args[0]x` names no value; write a parameter as `user` or `args[0]`, or `args[0].userId`
          []                                       | `x` (rotor.yaml:1): settings by name must stand here, not a list
          """)
  void aWrongLimitIsTold(String limit, String mistake) {
    assertThat(config.mistakes("limits: {search: " + limit + "}"))
        .containsExactly(mistake.replaceFirst("`x", "`limits.search"));
  }

  @Test
  void aWrongCacheIsTold() {
    assertThat(config.mistakes("caches: {a: {ttl: 0s}, b: {max-entries: 0}, 'c d': 1s}"))
        .containsExactly(
            "`caches.a.ttl` (rotor.yaml:1): `0s` must be above zero",
            "`caches.b.max-entries` (rotor.yaml:1): `0` must be at least 1",
            "`caches.c d` (rotor.yaml:1): a name is made of letters, digits, `.`, `_` and `-`");
  }
}
