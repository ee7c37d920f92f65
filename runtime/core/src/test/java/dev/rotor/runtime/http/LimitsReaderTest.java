package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.headers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.LimitTold.Kind;
import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsReaderTest {
  private static final long SECOND = 1_000_000_000L;

  private static final List<Oddity> ODD = new ArrayList<>();

  private static LimitsReader reader(Remaining... limits) {
    return new LimitsReader(List.of(limits), Providers.CLOCK);
  }

  @Test
  void allThreeHeadersOfALimitAreRead() {
    LimitsReader reader =
        reader(new Remaining("X-Limit", "X-Left", "X-Back", Counts.INPUT_TOKENS, true));

    assertThat(reader.read(headers("x-limit", "100", "x-left", "40", "x-back", "30"), ODD::add))
        .containsExactly(new LimitTold("x-left", Kind.INPUT_TOKENS, 100, 40, 30 * SECOND, true));
  }

  @Test
  void ofTwoHeadersOfOneNameTheFirstCountsAndThatIsOdd() {
    List<Oddity> odd = new ArrayList<>();
    Headers doubled = headers("r", "500", "r", "700", "l", "900", "t", "9s", "t", "10s");

    assertThat(reader(new Remaining("l", "r", "t", Counts.REQUESTS, false)).read(doubled, odd::add))
        .containsExactly(new LimitTold("r", Kind.REQUESTS, 900, 500, 9 * SECOND, false));
    assertThat(odd)
        .containsExactly(
            Oddity.ofHeader("r", Oddity.Way.REPEATED), Oddity.ofHeader("t", Oddity.Way.REPEATED));
  }

  @Test
  void aLimitWithoutItsHeaderOfWhatIsLeftIsNotTold() {
    LimitsReader reader = reader(new Remaining("l", "r", "t", Counts.REQUESTS, false));

    assertThat(reader.read(headers("l", "100", "t", "30"), ODD::add)).isEmpty();
  }

  @Test
  void whereNothingIsToldEachLimitCostsOneLookAtAHeader() {
    List<String> asked = new ArrayList<>();
    Headers none =
        name -> {
          asked.add(name);
          return null;
        };

    assertThat(reader(new Remaining("a", "b"), new Remaining("c", "d")).read(none, ODD::add))
        .isSameAs(List.of());
    assertThat(asked).containsExactly("a", "c");
  }

  @Test
  void aProfileThatNamesNoHeadersHasTheCommonOnes() {
    assertThat(reader().read(headers("RateLimit-Remaining", "3", "RateLimit-Reset", "9"), ODD::add))
        .containsExactly(
            new LimitTold("ratelimit-remaining", Kind.REQUESTS, -1, 3, 9 * SECOND, false));
    assertThat(
            reader()
                .read(
                    headers("RateLimit", "\"d\";r=3;t=9", "RateLimit-Policy", "\"d\";q=10;w=60"),
                    ODD::add))
        .containsExactly(new LimitTold("ratelimit:d", Kind.REQUESTS, 10, 3, 9 * SECOND, false));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          x-ratelimit-remaining-requests, REQUESTS
          x-ratelimit-remaining, REQUESTS
          x-ratelimit-remaining-project-tokens, TOKENS
          Anthropic-RateLimit-Input-Tokens-Remaining, INPUT_TOKENS
          anthropic-ratelimit-output-tokens-remaining, OUTPUT_TOKENS
          """)
  void whatALimitCountsIsGuessedFromItsName(String header, Kind kind) {
    assertThat(reader(new Remaining(header, "t")).read(headers(header, "5", "t", "1"), ODD::add))
        .extracting(LimitTold::kind)
        .containsExactly(kind);
  }

  @Test
  void noMorePoliciesAreReadThanAServiceHas() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("\"p").append(i).append("\";r=5;t=1, ");
    }

    assertThat(reader().read(headers("RateLimit", many.toString()), ODD::add)).hasSizeLessThan(20);
  }

  @Test
  void whateverIsToldIsBounded() {
    Random random = new Random(20261125);
    LimitsReader reader =
        reader(
            new Remaining("l", "r", "t", Counts.REQUESTS, false),
            new Remaining("ratelimit-policy", "ratelimit", "ratelimit", Counts.REQUESTS, false));
    String alphabet = "0123456789.,;=-:\"rtqsmhTZ \u00b5\u0000\u0663";
    for (int i = 0; i < 30_000; i++) {
      Headers headers =
          name -> {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
              value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return value.toString();
          };

      for (LimitTold told : reader.read(headers, ODD::add)) {
        assertThat(told.remaining()).isBetween(-1L, 999_999_999_999_999L);
        assertThat(told.limit()).isBetween(-1L, 999_999_999_999_999L).isNotZero();
        assertThat(told.resetNanos()).isBetween(-1L, Duration.ofHours(24).toNanos());
        assertThat(told.remaining() >= 0 || told.limit() > 0).isTrue();
        assertThat(told.remaining() == 0 && told.resetNanos() < 0).isFalse();
      }
    }
  }
}
