package dev.rotor.runtime.http;

import static dev.rotor.runtime.call.Outcome.CLIENT_ERROR;
import static dev.rotor.runtime.call.Outcome.QUOTA_EXCEEDED;
import static dev.rotor.runtime.call.Outcome.RATE_LIMITED;
import static dev.rotor.runtime.call.Outcome.SERVER_ERROR;
import static dev.rotor.runtime.call.Outcome.SUCCESS;
import static dev.rotor.runtime.call.Outcome.TIMEOUT;
import static dev.rotor.runtime.call.Outcome.UNAUTHORIZED;
import static dev.rotor.runtime.http.Providers.ANTHROPIC;
import static dev.rotor.runtime.http.Providers.GEMINI;
import static dev.rotor.runtime.http.Providers.GITHUB;
import static dev.rotor.runtime.http.Providers.MAPS;
import static dev.rotor.runtime.http.Providers.OPENAI;
import static dev.rotor.runtime.http.Providers.OPENROUTER;
import static dev.rotor.runtime.http.Providers.PLAIN;
import static dev.rotor.runtime.http.Providers.body;
import static dev.rotor.runtime.http.Providers.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Outcome;
import dev.rotor.runtime.call.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
  private static final String OPENAI_RATE =
      """
      {"error": {"message": "Rate limit reached for gpt-4o in organization org-1 on tokens per min \
      (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.", "type": "tokens", \
      "param": null, "code": "rate_limit_exceeded"}}""";
  private static final String OPENAI_QUOTA =
      """
      {"error": {"message": "You exceeded your current quota, please check your plan and billing \
      details.", "type": "insufficient_quota", "param": null, "code": "insufficient_quota"}}""";
  private static final String GEMINI_MINUTE =
      """
      {"error": {"code": 429, "message": "You exceeded your current quota.", "status": \
      "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", \
      "violations": [{"quotaMetric": "m", "quotaId": \
      "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}, {"@type": \
      "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "45.837906927s"}]}}""";
  private static final String GEMINI_DAY =
      GEMINI_MINUTE.replace("PerMinute", "PerDay").replace("45.837906927s", "36s");
  private static final String GEMINI_KEY =
      """
      {"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT", \
      "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": \
      "API_KEY_INVALID", "domain": "googleapis.com"}]}}""";
  private static final String OPENROUTER_RATE =
      """
      {"error": {"message": "Rate limit exceeded: free-models-per-min. ", "code": 429, "metadata": \
      {"headers": {"X-RateLimit-Limit": "16", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": \
      "1795608042000"}, "provider_name": null}}}""";

  static List<Arguments> answers() {
    return List.of(
        answer(
            "OpenAI tells seconds",
            OPENAI,
            429,
            OPENAI_RATE,
            RATE_LIMITED,
            "PT20S",
            "retry-after",
            "20"),
        answer(
            "OpenAI without headers tells it in the message",
            OPENAI,
            429,
            OPENAI_RATE,
            RATE_LIMITED,
            "PT2S"),
        answer(
            "OpenAI, quota inside a 429",
            OPENAI,
            429,
            OPENAI_QUOTA,
            QUOTA_EXCEEDED,
            null,
            "x-ratelimit-remaining-requests",
            "59",
            "x-ratelimit-reset-requests",
            "12ms"),
        answer(
            "OpenAI, tokens used up",
            OPENAI,
            429,
            null,
            RATE_LIMITED,
            "PT6M",
            "x-ratelimit-remaining-requests",
            "59",
            "x-ratelimit-reset-requests",
            "1s",
            "x-ratelimit-remaining-tokens",
            "0",
            "x-ratelimit-reset-tokens",
            "6m0s"),
        answer(
            "OpenAI, wrong key",
            OPENAI,
            401,
            "{\"error\":{\"code\":\"invalid_api_key\"}}",
            UNAUTHORIZED,
            null),
        answer(
            "OpenAI, 403 with a listed code",
            OPENAI,
            403,
            "{\"error\":{\"code\":\"account_deactivated\"}}",
            UNAUTHORIZED,
            null),
        answer(
            "OpenAI, 403 for a country",
            OPENAI,
            403,
            "{\"error\":{\"code\":\"unsupported_country_region_territory\"}}",
            CLIENT_ERROR,
            null),
        answer(
            "OpenAI, overloaded",
            OPENAI,
            503,
            "{\"error\":{\"type\":\"server_error\"}}",
            SERVER_ERROR,
            null),
        answer(
            "a prompt about rate limits is not one",
            OPENAI,
            400,
            "{\"error\":{\"code\":\"bad\",\"message\":\"rate limit, insufficient_quota\"}}",
            CLIENT_ERROR,
            null),
        answer(
            "Groq",
            OPENAI,
            429,
            OPENAI_RATE,
            RATE_LIMITED,
            "PT8S",
            "retry-after",
            "8",
            "x-ratelimit-remaining-requests",
            "0",
            "x-ratelimit-reset-requests",
            "2m59.56s",
            "x-ratelimit-reset-tokens",
            "7.66s"),
        answer(
            "Azure tells milliseconds",
            OPENAI,
            429,
            "{\"error\":{\"code\":\"429\"}}",
            RATE_LIMITED,
            "PT0.64S",
            "retry-after-ms",
            "640",
            "retry-after",
            "1"),
        answer(
            "Azure tells it in the message",
            OPENAI,
            429,
            "{\"error\":{\"code\":\"429\",\"message\":\"Please retry after 26 seconds.\"}}",
            RATE_LIMITED,
            "PT26S",
            "retry-after",
            "0",
            "x-ratelimit-reset-tokens",
            "-1"),
        answer(
            "Azure tells plain seconds",
            OPENAI,
            429,
            "",
            RATE_LIMITED,
            "PT17S",
            "x-ratelimit-reset-tokens",
            "17"),
        answer(
            "Anthropic tells seconds",
            ANTHROPIC,
            429,
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}",
            RATE_LIMITED,
            "PT11S",
            "retry-after",
            "11"),
        answer(
            "Anthropic tells instants",
            ANTHROPIC,
            429,
            null,
            RATE_LIMITED,
            "PT42S",
            "anthropic-ratelimit-requests-remaining",
            "0",
            "anthropic-ratelimit-requests-reset",
            "2026-11-25T12:00:42Z",
            "anthropic-ratelimit-tokens-remaining",
            "8000",
            "anthropic-ratelimit-tokens-reset",
            "2026-11-25T12:05:00Z"),
        answer(
            "Anthropic, out of credit",
            ANTHROPIC,
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your"
                + " credit balance is too low to access the Anthropic API.\"}}",
            QUOTA_EXCEEDED,
            null),
        answer(
            "Anthropic, overloaded",
            ANTHROPIC,
            529,
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"o\"}}",
            SERVER_ERROR,
            "PT3S",
            "retry-after",
            "3"),
        answer(
            "GitHub, 403 with nothing left",
            GITHUB,
            403,
            "{\"message\":\"API rate limit exceeded for user ID 1.\"}",
            RATE_LIMITED,
            "PT30M",
            "x-ratelimit-limit",
            "5000",
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub, 403 with nothing left and no body",
            GITHUB,
            403,
            null,
            RATE_LIMITED,
            "PT30M",
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub, secondary limit",
            GITHUB,
            403,
            "{\"message\":\"You have exceeded a secondary rate limit.\"}",
            RATE_LIMITED,
            "PT1M",
            "retry-after",
            "60",
            "x-ratelimit-remaining",
            "4999",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub, secondary limit without a wait",
            GITHUB,
            403,
            "{\"message\":\"You have exceeded a secondary rate limit.\"}",
            RATE_LIMITED,
            null,
            "x-ratelimit-remaining",
            "4999",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub, no access",
            GITHUB,
            403,
            "{\"message\":\"Resource not accessible by personal access token\"}",
            CLIENT_ERROR,
            null,
            "x-ratelimit-remaining",
            "4999",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub's GraphQL, limited inside a 200",
            GITHUB,
            200,
            "{\"data\":null,\"errors\":[{\"type\":\"RATE LIMIT\"}]}",
            RATE_LIMITED,
            "PT30M",
            "x-ratelimit-remaining",
            "0",
            "x-ratelimit-reset",
            "1795609800"),
        answer(
            "GitHub, a tag whose message is about rate limits",
            GITHUB,
            200,
            "{\"tag\":\"v1\",\"message\":\"Fix the rate limit\"}",
            SUCCESS,
            null),
        answer(
            "GitHub's GraphQL, an error inside a 200",
            GITHUB,
            200,
            "{\"data\":null,\"errors\":[{\"type\":\"NOT_FOUND\"}]}",
            CLIENT_ERROR,
            null),
        answer(
            "Gemini, a minute's limit",
            GEMINI,
            429,
            GEMINI_MINUTE,
            RATE_LIMITED,
            "PT45.837906927S"),
        answer(
            "Gemini, a day's quota, whatever the delay says",
            GEMINI,
            429,
            GEMINI_DAY,
            QUOTA_EXCEEDED,
            null),
        answer("Gemini, wrong key", GEMINI, 400, GEMINI_KEY, UNAUTHORIZED, null),
        answer(
            "Gemini, the body cut off after the quota",
            GEMINI,
            429,
            GEMINI_DAY.substring(0, GEMINI_DAY.indexOf("FreeTier") + 12),
            QUOTA_EXCEEDED,
            null),
        answer(
            "OpenRouter, milliseconds in the body",
            OPENROUTER,
            429,
            OPENROUTER_RATE,
            RATE_LIMITED,
            "PT42S"),
        answer(
            "OpenRouter, milliseconds in a header",
            OPENROUTER,
            429,
            null,
            RATE_LIMITED,
            "PT42S",
            "X-RateLimit-Remaining",
            "0",
            "X-RateLimit-Reset",
            "1795608042000"),
        answer("OpenRouter, out of credit", OPENROUTER, 402, null, QUOTA_EXCEEDED, null),
        answer(
            "IETF",
            PLAIN,
            429,
            null,
            RATE_LIMITED,
            "PT30S",
            "RateLimit",
            "\"default\";r=0;t=30",
            "RateLimit-Policy",
            "\"default\";q=100;w=60"),
        answer(
            "IETF before -07",
            PLAIN,
            429,
            null,
            RATE_LIMITED,
            "PT50S",
            "RateLimit-Limit",
            "100",
            "RateLimit-Remaining",
            "0",
            "RateLimit-Reset",
            "50"),
        answer(
            "Google Maps, over the rate",
            MAPS,
            200,
            "{\"status\":\"OVER_QUERY_LIMIT\",\"results\":[]}",
            RATE_LIMITED,
            null),
        answer(
            "Google Maps, over the quota",
            MAPS,
            200,
            "{\"status\":\"OVER_DAILY_LIMIT\"}",
            QUOTA_EXCEEDED,
            null),
        answer(
            "Google Maps, wrong key",
            MAPS,
            200,
            "{\"status\":\"REQUEST_DENIED\"}",
            UNAUTHORIZED,
            null),
        answer("Google Maps, fine", MAPS, 200, "{\"status\":\"OK\"}", SUCCESS, null),
        answer(
            "Google Maps, something about limits among the results",
            MAPS,
            200,
            "{\"results\":[{\"name\":\"OVER_QUERY_LIMIT\"}],\"status\":\"OK\"}",
            SUCCESS,
            null),
        answer("DeepL, quota used up", PLAIN, 456, null, QUOTA_EXCEEDED, null),
        answer(
            "503 with Retry-After",
            PLAIN,
            503,
            null,
            RATE_LIMITED,
            "PT2M",
            "Retry-After",
            "Wed, 25 Nov 2026 12:02:00 GMT"),
        answer(
            "503 with a Retry-After that says nothing",
            PLAIN,
            503,
            null,
            SERVER_ERROR,
            null,
            "Retry-After",
            "soon"),
        answer("429 with nothing else", PLAIN, 429, null, RATE_LIMITED, null),
        answer(
            "429 with garbage",
            PLAIN,
            429,
            "<html>",
            RATE_LIMITED,
            null,
            "Retry-After",
            "-5",
            "RateLimit",
            ";;;=",
            "X-RateLimit-Reset",
            "\u0000"),
        answer("408", PLAIN, 408, null, TIMEOUT, null),
        answer("404", PLAIN, 404, null, CLIENT_ERROR, null),
        answer("500", PLAIN, 500, null, SERVER_ERROR, null),
        answer("520", PLAIN, 520, null, SERVER_ERROR, null),
        answer("500 that is a limit in words", OPENAI, 500, "Rate limit!", RATE_LIMITED, null),
        answer("200", PLAIN, 200, null, SUCCESS, null),
        answer("304", PLAIN, 304, null, SUCCESS, null),
        answer("0", PLAIN, 0, null, SUCCESS, null));
  }

  private static Arguments answer(
      String name,
      Profile profile,
      int status,
      @Nullable String body,
      Outcome outcome,
      @Nullable String rest,
      String... headers) {
    return Arguments.of(name, profile, status, body, headers, outcome, rest);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void whatProvidersAnswerComesToItsOutcome(
      String name,
      Profile profile,
      int status,
      @Nullable String body,
      String[] headers,
      Outcome outcome,
      @Nullable String rest) {
    Verdict verdict = profile.classify(status, headers(headers), body == null ? null : body(body));

    assertThat(verdict.outcome()).as(verdict.cause()).isEqualTo(outcome);
    assertThat(verdict.restNanos()).isEqualTo(rest == null ? -1 : Duration.parse(rest).toNanos());
    assertThat(verdict.exhausted()).isFalse();
    assertThat(verdict.cause().isEmpty()).isEqualTo(outcome == SUCCESS);
  }

  @Test
  void aSuccessWithNothingLeftIsExhaustedUntilTheReset() {
    Verdict verdict =
        OPENAI.classify(
            200,
            headers("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "8.64s"),
            null);

    assertThat(verdict.outcome()).isEqualTo(SUCCESS);
    assertThat(verdict.exhausted()).isTrue();
    assertThat(verdict.restNanos()).isEqualTo(Duration.ofMillis(8640).toNanos());
  }

  @Test
  void aClientErrorWithNothingLeftIsExhaustedToo() {
    Verdict verdict =
        GITHUB.classify(
            404, headers("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1795608060"), null);

    assertThat(verdict.outcome()).isEqualTo(CLIENT_ERROR);
    assertThat(verdict.exhausted()).isTrue();
    assertThat(verdict.restNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"1, 1s", "0, 0", "0, -1", "-1, 30", "0,", ",30"})
  void aSuccessIsNotExhaustedUnlessBothHalvesSaySo(@Nullable String left, @Nullable String reset) {
    Headers headers =
        name ->
            switch (name) {
              case "x-ratelimit-remaining-requests" -> left;
              case "x-ratelimit-reset-requests" -> reset;
              default -> null;
            };

    assertThat(OPENAI.classify(200, headers, null)).isSameAs(Verdict.SUCCESS);
  }

  @Test
  void aPlainSuccessIsAlwaysTheSameVerdict() {
    assertThat(OPENAI.classify(200, Headers.NONE, null)).isSameAs(Verdict.SUCCESS);
    assertThat(PLAIN.classify(204, headers("RateLimit", "\"d\";r=5;t=1"), null))
        .isSameAs(Verdict.SUCCESS);
  }

  @Test
  void causesShowNothingOfTheBody() {
    Verdict verdict =
        GEMINI.classify(
            400, Headers.NONE, body("{\"error\":{\"status\":\"api_key_invalid sk-1\"}}"));

    assertThat(verdict.cause()).isEqualTo("400 with an auth code");
  }

  @ParameterizedTest
  @CsvSource({
    "200, false", "204, false", "302, false", "400, true", "401, false", "402, false",
    "403, true", "404, false", "408, false", "422, false", "429, true", "456, false",
    "500, true", "503, true", "529, true"
  })
  void theBodyIsWantedOnlyWhereItMayChangeTheOutcome(int status, boolean wanted) {
    assertThat(OPENAI.needsBody(status)).isEqualTo(wanted);
  }

  @Test
  void theBodyOfASuccessIsWantedOnlyWhereAnErrorMayStandInIt() {
    assertThat(MAPS.needsBody(200)).isTrue();
    assertThat(GITHUB.needsBody(200)).isTrue();
    assertThat(MAPS.needsBody(304)).isFalse();
    assertThat(GEMINI.needsBody(200)).isFalse();
    assertThat(PLAIN.needsBody(403)).isFalse();
    assertThat(PLAIN.needsBody(503)).isFalse();
    assertThat(PLAIN.needsBody(429)).isTrue();
  }

  @Test
  void aListedStatusMeansQuotaExceeded() {
    Profile profile =
        Providers.profile(
            "p",
            Providers.bearer(),
            null,
            List.of(),
            Set.of(),
            Set.of("470"),
            Set.of(),
            List.of("/code"),
            List.of(),
            Providers.noUsage());

    assertThat(profile.classify(470, Headers.NONE, null).outcome()).isEqualTo(QUOTA_EXCEEDED);
    assertThat(profile.classify(400, Headers.NONE, body("{\"code\":470}")).outcome())
        .isEqualTo(QUOTA_EXCEEDED);
    assertThat(profile.classify(400, Headers.NONE, body("{\"code\":4701}")).outcome())
        .isEqualTo(CLIENT_ERROR);
  }

  @Test
  void theLaneIsReadFromTheBodyOrAHeader() {
    FakeRequest post = FakeRequest.post("https://a.example/v1/x", "");
    assertThat(OPENAI.lane(post, body("{\"messages\":[],\"model\":\"gpt-4o\"}")))
        .isEqualTo("gpt-4o");
    assertThat(OPENAI.lane(post, body("not json"))).isNull();
    assertThat(OPENAI.lane(post, null)).isNull();
    assertThat(OPENAI.laneNeedsBody()).isTrue();
    assertThat(GITHUB.lane(post.with("X-RateLimit-Resource", "search"), null)).isEqualTo("search");
    assertThat(GITHUB.laneNeedsBody()).isFalse();
    assertThat(PLAIN.lane(post.with("model", "x"), body("{\"model\":\"x\"}"))).isNull();
  }

  @Test
  void requestIdAndAccountComeFromTheProfilesHeaders() {
    Headers response = headers("X-Request-ID", "req_1", "OpenAI-Organization", "org-1");

    assertThat(OPENAI.requestId(response)).isEqualTo("req_1");
    assertThat(OPENAI.account(response)).isEqualTo("org-1");
    assertThat(OPENAI.requestId(Headers.NONE)).isNull();
    assertThat(OPENAI.account(Headers.NONE)).isNull();
  }

  @Test
  void whateverIsAnsweredNothingIsThrown() {
    Random random = new Random(20261125);
    List<Profile> profiles = List.of(OPENAI, ANTHROPIC, GITHUB, GEMINI, OPENROUTER, MAPS, PLAIN);
    int[] statuses = {-1, 0, 200, 204, 400, 401, 403, 408, 429, 500, 503, 999};
    FakeRequest post = FakeRequest.post("https://a.example/v1/x", "");
    for (int i = 0; i < 30_000; i++) {
      Profile profile = profiles.get(random.nextInt(profiles.size()));
      int status = statuses[random.nextInt(statuses.length)];
      byte[] body = garbage(random);
      Headers headers = name -> random.nextInt(4) == 0 ? null : garbageValue(random);

      Verdict verdict = profile.classify(status, headers, body);

      assertThat(verdict.restNanos()).isBetween(-1L, WaitText.CAP_NANOS);
      assertThat(verdict.restNanos()).isNotZero();
      profile.usage(body);
      profile.lane(post, body);
      profile.estimate(body);
      profile.refusedInStream(body);
      profile.limits(headers);
      profile.classify(new RuntimeException(new String(body, StandardCharsets.ISO_8859_1)));
    }
  }

  /** Real bodies with bytes changed, cut at random, and plain noise. */
  private static byte[] garbage(Random random) {
    List<String> real = List.of(OPENAI_RATE, OPENAI_QUOTA, GEMINI_DAY, OPENROUTER_RATE);
    byte[] bytes = body(real.get(random.nextInt(real.size())));
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(10) == 0) {
      random.nextBytes(bytes);
    }
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private static String garbageValue(Random random) {
    String alphabet = "0123456789.,;=-:\"smhrtTZ GMTWedNov\u00b5\u0000\u0663";
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      value.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return value.toString();
  }
}
