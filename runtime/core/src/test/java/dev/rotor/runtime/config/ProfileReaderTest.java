package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.ProfileSettings.BoundIdPlaces;
import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Estimation;
import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ProfileReaderTest {
  static final List<String> NAMES = Profiles.NAMES;

  @TempDir Path directory;
  ConfigFixture config;

  @BeforeEach
  void setUp() {
    config = new ConfigFixture(directory).set("A", "a-secret");
  }

  private ProfileSettings profile(String profile) {
    return config
        .api("apis: {mine: {hosts: [a.example], keys: ['${A}'], profile: " + profile + "}}")
        .profile();
  }

  @Test
  void theNamesAreThoseOfTheFiles() throws IOException, URISyntaxException {
    Path files =
        Path.of(Objects.requireNonNull(Profiles.class.getResource("profiles/openai.yaml")).toURI())
            .getParent();
    try (Stream<Path> list = Files.list(Objects.requireNonNull(files))) {
      assertThat(list.map(file -> String.valueOf(file.getFileName()).replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(Profiles.NAMES);
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyProfileThatComesWithRotorIsWithoutMistakes(String name) {
    assertThat(profile(name).name()).isEqualTo(name);
  }

  @Test
  void openAiSaysWhereEverythingStands() {
    ProfileSettings profile = profile("openai");
    assertThat(profile.hosts()).containsExactly(new HostPattern("api.openai.com", null));
    assertThat(profile.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
    assertThat(profile.key())
        .isEqualTo(new Placement("Authorization", "Bearer ", null, List.of("api-key")));
    assertThat(profile.lane()).isEqualTo(LaneSource.ofBody("/model"));
    assertThat(profile.remaining())
        .contains(
            new Remaining(
                "x-ratelimit-limit-requests",
                "x-ratelimit-remaining-requests",
                "x-ratelimit-reset-requests",
                Counts.REQUESTS,
                true),
            new Remaining(
                "x-ratelimit-limit-tokens",
                "x-ratelimit-remaining-tokens",
                "x-ratelimit-reset-tokens",
                Counts.TOKENS,
                true));
    assertThat(profile.quotaCodes()).contains("insufficient_quota", "billing_hard_limit_reached");
    assertThat(profile.authCodes()).contains("invalid_api_key");
    assertThat(profile.errorCodes()).startsWith("/error/code", "/error/type");
    assertThat(profile.usage().total()).startsWith("/usage/total_tokens");
    assertThat(profile.requestId()).isEqualTo("x-request-id");
    assertThat(profile.account()).containsExactly("openai-organization", "openai-project");
  }

  @Test
  void anthropicTakesItsKeyInAHeaderOfItsOwn() {
    ProfileSettings profile = profile("anthropic");
    assertThat(profile.key())
        .isEqualTo(new Placement("x-api-key", "", null, List.of("Authorization")));
    assertThat(profile.account()).containsExactly("anthropic-organization-id");
  }

  @Test
  void theGenericOnesDifferInWhereTheKeyGoes() {
    assertThat(profile("generic-bearer").key())
        .isEqualTo(new Placement("Authorization", "Bearer ", null, List.of()));
    assertThat(profile("generic-header").key())
        .isEqualTo(new Placement("X-API-Key", "", null, List.of()));
    assertThat(profile("generic-query").key()).isEqualTo(new Placement(null, "", "key", List.of()));
    assertThat(profile("generic-query").remaining())
        .isNotEmpty()
        .isEqualTo(profile("generic-bearer").remaining());
  }

  @Test
  void aNamedProfileMayBeChanged() {
    ProfileSettings deepl =
        profile(
            "{extends: generic-header, key: {header: Authorization, prefix: 'DeepL-Auth-Key '}}");
    assertThat(deepl.name()).isEqualTo("mine");
    assertThat(deepl.key())
        .isEqualTo(new Placement("Authorization", "DeepL-Auth-Key ", null, List.of()));
    assertThat(deepl.rateWords()).isEqualTo(profile("generic-header").rateWords());
    assertThat(profile("{extends: generic-query, key: {query: appid}}").key())
        .isEqualTo(new Placement(null, "", "appid", List.of()));
    assertThat(profile("{extends: openai, key: {query: k}}").key())
        .isEqualTo(new Placement(null, "", "k", List.of("api-key")));
    assertThat(profile("{extends: openai, key: {prefix: 'Token '}}").key().prefix())
        .isEqualTo("Token ");
    assertThat(profile("{extends: openai, lane: {header: X-Model}}").lane())
        .isEqualTo(LaneSource.ofHeader("X-Model"));
    assertThat(profile("{extends: openai, errors: [/code]}").errorCodes()).containsExactly("/code");
  }

  @Test
  void aLaneThatIsSaidAnewReplacesAllOfTheOldOne() {
    assertThat(profile("gemini").lane())
        .isEqualTo(new LaneSource(new PathVariable("/models/", ":"), Map.of(), null, "/model"));
    assertThat(profile("{extends: gemini, lane: {paths: {/a: b}}}").lane())
        .isEqualTo(new LaneSource(null, Map.of("/a", "b"), null, null));
    assertThat(profile("{extends: github, lane: {body: /m}}").lane())
        .isEqualTo(LaneSource.ofBody("/m"));
  }

  @Test
  void aSettingLeftEmptyTakesAwayWhatTheProfileBelowSays() {
    ProfileSettings profile =
        profile(
            "{extends: openai, base-url: , lane: , remaining: , errors: , request-id: , account: ,"
                + " client-request-id: , estimate: , bound-ids: , usage: , words: }");
    assertThat(profile.baseUrl()).isNull();
    assertThat(profile.lane()).isNull();
    assertThat(profile.remaining()).isEmpty();
    assertThat(profile.errorCodes()).isEmpty();
    assertThat(profile.requestId()).isNull();
    assertThat(profile.account()).isEmpty();
    assertThat(profile.clientRequestId()).isNull();
    assertThat(profile.estimate()).isNull();
    assertThat(profile.boundIds()).isEqualTo(BoundIdPlaces.NONE);
    assertThat(profile.usage().input()).isEmpty();
    assertThat(profile.quotaCodes()).isEmpty();
  }

  @Test
  void aProfileThatExtendsAnotherHasNothingOfItsAccounts() {
    for (String name : List.of("azure-openai", "groq", "deepseek", "mistral")) {
      ProfileSettings profile = profile(name);
      assertThat(profile.account()).as(name).isEmpty();
      assertThat(profile.hosts()).as(name).noneMatch(host -> host.host().contains("openai.com"));
      assertThat(String.valueOf(profile.baseUrl())).as(name).doesNotContain("openai.com");
    }
  }

  @Test
  void whatALimitCountsAndHowItFillsMayBeSaid() {
    assertThat(
            profile(
                    "{key: {query: k}, remaining: [{limit: l, remaining: r, reset: t, counts:"
                        + " output-tokens, refill: even}, {remaining: x-tokens-left, reset: t,"
                        + " refill: window}]}")
                .remaining())
        .containsExactly(
            new Remaining("l", "r", "t", Counts.OUTPUT_TOKENS, true),
            new Remaining(null, "x-tokens-left", "t", Counts.TOKENS, false));
  }

  @Test
  void aProfileMayBeGivenInPlace() {
    ProfileSettings profile =
        profile(
            """

                hosts: [api.mine.com]
                base-url: https://api.mine.com
                key: {header: X-Key, alternatives: [X-Old-Key]}
                lane: {header: X-Model}
                remaining: [{remaining: x-left, reset: x-back}]
                words: {rate-limited: [Slow Down], quota: [NO_MORE], auth: [WHO]}
                errors: [/code]
                errors-in-success: [/graphql]
                waits: [/wait]
                usage: {input: [/in], output: /out, total: [/all]}
                request-id: x-id
                account: x-org
                client-request-id: x-own-id
                bound-ids: {body: /from, paths: "/files/{id}", made-by: /files, made-at: /id}
                estimate: {max-output: /max, typical-output: 100}
            """
                .indent(4)
                .replace("\n", "\n")
                .transform(text -> "{" + text.strip().replaceAll("\n\\s*", ", ") + "}"));
    assertThat(profile)
        .isEqualTo(
            new ProfileSettings(
                "mine",
                List.of(new HostPattern("api.mine.com", null)),
                URI.create("https://api.mine.com"),
                new Placement("X-Key", "", null, List.of("X-Old-Key")),
                LaneSource.ofHeader("X-Model"),
                List.of(new Remaining("x-left", "x-back")),
                Set.of("slow down"),
                Set.of("NO_MORE"),
                Set.of("WHO"),
                List.of("/code"),
                List.of("/graphql"),
                List.of("/wait"),
                new ProfileSettings.Usage(List.of("/in"), List.of("/out"), List.of("/all")),
                "x-id",
                List.of("x-org"),
                "x-own-id",
                new BoundIdPlaces(
                    List.of("/from"),
                    List.of(new PathVariable("/files/", "")),
                    List.of("/files"),
                    List.of("/id")),
                new Estimation(List.of("/max"), 100)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hosts: [a]}                                | `p`: a profile needs `key`: the `header` or the `query` that the key goes into
          {key: {}}                                   | `p.key`: must say one of `header` and `query`
          {key: {header: A, query: b}}                | `p.key`: must say one of `header` and `query`
          {key: {query: b, prefix: c}}                | `p.key.prefix`: goes with `header` only
          {key: {header: "a b"}}                      | `p.key.header`: `a b` is not the name of a header
          {key: {header: A}, lane: {}}                | `p.lane`: must say one of `path`, `paths`, `header` and `body`
          {key: {header: A}, lane: {path: /models}}   | `p.lane.path`: `/models` is not a piece of a path with one name in braces, such as `/models/{lane}:`
          {key: {header: A}, lane: {paths: {a: b}}}   | `p.lane.paths.a`: is not a path, such as `/search`
          {key: {header: A, alternatives: "?"}}       | `p.key.alternatives`: `?` is not the name of a header
          {key: {header: A}, usage: {input: "/a+b"}}  | `p.usage.input`: `/a+b` is not a JSON pointer, such as `/error/code`
          {key: {header: A}, errors-in-success: g}    | `p.errors-in-success`: `g` is not a path, such as `/graphql`
          {key: {header: A}, bound-ids: {made-at: /a}} | `p.bound-ids`: must say both `made-by` and `made-at`, or neither
          {key: {header: A}, estimate: {typical-output: -1}} | `p.estimate.typical-output`: `-1` must be at least 0
          {key: {header: A}, remaining: [{remaining: a, reset: b, counts: bytes}]} | `p.remaining[0].counts`: `bytes` must be one of `requests`, `tokens`, `input-tokens`, `output-tokens`
          {key: {header: A}, lane: {body: model}}     | `p.lane.body`: `model` is not a JSON pointer, such as `/error/code`
          {key: {header: A}, remaining: [{reset: a}]} | `p.remaining[0]`: must say both `remaining` and `reset`, the names of two headers
          {key: {header: A}, wrods: {}}               | `p.wrods`: unknown setting; did you mean `words`?
          {extends: opnai}                            | `p.extends`: unknown profile `opnai`; did you mean `openai`?
          {extends: zzzzzzzz}                         | `p.extends`: unknown profile `zzzzzzzz`; allowed: `anthropic`, `azure-openai`, `cohere`, `context7`, `deepl`, `deepseek`, `gemini`, `generic-bearer`, `generic-header`, `generic-query`, `github`, `groq`, `mistral`, `openai`, `openrouter`, `qdrant`, `voyage`, or one given in place
          """)
  void aWrongProfileIsTold(String profile, String mistake) {
    String yaml = "apis: {mine: {hosts: [a.example], keys: ['${A}'], profile: " + profile + "}}";
    assertThat(config.mistakes(yaml))
        .containsExactly(
            mistake
                .replaceFirst("`p", "`apis.mine.profile")
                .replaceFirst("`: ", "` (rotor.yaml:1): "));
  }
}
