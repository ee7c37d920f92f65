package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.config.QuotaSettings.Prices;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaReaderTest {
  private static final long NO = Amounts.UNLIMITED;

  private final Mistakes mistakes = new Mistakes();
  private final Source source = new Source("rotor.yaml", Path.of("/etc/rotor"));

  private Setting setting(String name, String value) {
    Fields root =
        Objects.requireNonNull(YamlDocument.parse(source, name + ": " + value, mistakes), value);
    Reading reading =
        new Reading(mistakes, new Interpolation(Map.of("MANY", "5k"), new FilesRead()));
    return Objects.requireNonNull(new Section(reading, "", root, false).get(name));
  }

  private @Nullable QuotaSettings read(String yaml) {
    return QuotaReader.read(setting("quota", yaml));
  }

  private QuotaSettings sound(String yaml) {
    QuotaSettings settings = read(yaml);
    assertThat(told()).isEmpty();
    return Objects.requireNonNull(settings);
  }

  private List<String> told() {
    try {
      mistakes.throwIfAny();
      return List.of();
    } catch (ConfigException e) {
      return e.mistakes();
    }
  }

  @Test
  void numbersAreRequestsOfCalendarPeriodsInUtc() {
    assertThat(sound("{daily: 10000, monthly: 200k}"))
        .isEqualTo(
            new QuotaSettings(
                new Amounts(10_000, NO, NO),
                new Amounts(200_000, NO, NO),
                LocalTime.MIDNIGHT,
                ZoneOffset.UTC,
                false,
                Prices.NONE));
  }

  @Test
  void tokensAndMoneyAreLimitedByName() {
    assertThat(
            sound(
                """
                {daily: {requests: "${MANY}", tokens: 1.5M},
                 monthly: {money: 12.50},
                 resets: "07:30 America/Los_Angeles",
                 prices: {input: 2.50, output: 10, request: 0.0025}}
                """))
        .isEqualTo(
            new QuotaSettings(
                new Amounts(5_000, 1_500_000, NO),
                new Amounts(NO, NO, 12_500_000),
                LocalTime.of(7, 30),
                ZoneId.of("America/Los_Angeles"),
                false,
                new Prices(2_500, 10_000, 2_500)));
  }

  @Test
  void aTimeWithoutAZoneIsOfUtc() {
    assertThat(sound("{daily: 1, resets: \"8:05\"}").resets()).isEqualTo(LocalTime.of(8, 5));
    assertThat(sound("{daily: 1, resets: \"8:05\"}").zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(sound("{daily: 1, resets: 08:05 +02:00}").zone()).isEqualTo(ZoneOffset.ofHours(2));
  }

  @Test
  void rollingPeriodsNeedNoReset() {
    assertThat(sound("{daily: 1, rolling: true}").rolling()).isTrue();
  }

  @Test
  void whatIsTooFineIsRoundedToTheSafeSide() {
    QuotaSettings settings = sound("{daily: {money: 0.0000019}, prices: {input: 0.0001}}");
    assertThat(Objects.requireNonNull(settings.daily()).money()).isEqualTo(1);
    assertThat(settings.prices().input()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10000                       | `quota` (rotor.yaml:1): settings by name must stand here, not a single value
          {}                          | `quota` (rotor.yaml:1): limits nothing; write `daily: 10000`, `monthly: 200000` or both
          {daily: {}}                 | `quota.daily` (rotor.yaml:1): limits nothing; write `requests`, `tokens` or `money`
          {dayly: 1, monthly: 1}      | `quota.dayly` (rotor.yaml:1): unknown setting; did you mean `daily`?
          {daily: many}               | `quota.daily` (rotor.yaml:1): `many` is not a number; write one as `10000`, `200k` or `1.5M`
          {daily: 0}                  | `quota.daily` (rotor.yaml:1): `0` must be a whole number above zero
          {daily: -1k}                | `quota.daily` (rotor.yaml:1): `-1k` must be a whole number above zero
          {daily: 0.0005k}            | `quota.daily` (rotor.yaml:1): `0.0005k` must be a whole number above zero
          {daily: 1000001M}           | `quota.daily` (rotor.yaml:1): `1000001M` is too large; the most is `1000000M`
          {daily: [1]}                | `quota.daily` (rotor.yaml:1): settings by name must stand here, not a list
          {daily: {token: 1, requests: 1}} | `quota.daily.token` (rotor.yaml:1): unknown setting; did you mean `tokens`?
          {daily: {money: 5}}         | `quota` (rotor.yaml:1): limits money, so it needs `prices`; write what a million tokens and a request cost, such as `prices: {input: 2.50, output: 10, request: 0}`
          {daily: {money: $5}, prices: {input: 1}} | `quota.daily.money` (rotor.yaml:1): `$5` is not an amount of money; write one as `12.50` or `2k`
          {daily: {money: 0}, prices: {input: 1}} | `quota.daily.money` (rotor.yaml:1): `0` must be above zero
          {daily: {money: 0.0000001}, prices: {input: 1}} | `quota.daily.money` (rotor.yaml:1): `0.0000001` is too small; the least is `0.000001`
          {daily: 1, prices: {input: cheap}} | `quota.prices.input` (rotor.yaml:1): `cheap` is not a price; write one as `2.50`
          {daily: 1, prices: {input: -1}} | `quota.prices.input` (rotor.yaml:1): `-1` must not be below zero
          {daily: 1, resets: noon}    | `quota.resets` (rotor.yaml:1): `noon` is not a time of day with its zone; write one as `00:00 America/Los_Angeles`
          {daily: 1, resets: 25:00 UTC} | `quota.resets` (rotor.yaml:1): `25:00 UTC` is not a time of day with its zone; write one as `00:00 America/Los_Angeles`
          {daily: 1, resets: 00:00 America/Los_Angelos} | `quota.resets` (rotor.yaml:1): `00:00 America/Los_Angelos` names no time zone; write one as `UTC` or `America/Los_Angeles`; did you mean `America/Los_Angeles`?
          {daily: 1, resets: 00:00 UTC, rolling: true} | `quota.resets` (rotor.yaml:1): goes with calendar days and months only, not with `rolling`
          {daily: 1, rolling: maybe}  | `quota.rolling` (rotor.yaml:1): `maybe` must be `true` or `false`
          """)
  void whatIsWrongIsTold(String quota, String mistake) {
    QuotaSettings unused = read(quota);
    assertThat(told()).containsExactly(mistake);
  }

  @Test
  void stateIsInMemoryOrInADirectoryBesideTheFile() {
    assertThat(StateSettings.read(setting("state", "memory"))).isEqualTo(StateSettings.MEMORY);
    assertThat(StateSettings.read(setting("state", "file:/var/lib/app")))
        .isEqualTo(new StateSettings(Path.of("/var/lib/app")));
    assertThat(StateSettings.read(setting("state", "file:state")))
        .isEqualTo(new StateSettings(Path.of("/etc/rotor/state")));
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "'file:'", "redis://localhost:6379"})
  void aPlaceThatIsNoneForStateIsTold(String state) {
    assertThat(StateSettings.read(setting("state", state))).isNull();
    assertThat(told()).singleElement().asString().startsWith("`state` (rotor.yaml:1): `");
  }

  @Test
  void everyExampleOfTheDocumentationIsWithoutMistakes() throws IOException {
    int read = 0;
    for (String part : Files.readString(Path.of("../../docs/quotas.md")).split("```", -1)) {
      if (part.startsWith("yaml\nquota:")) {
        assertThat(sound(part.substring("yaml\nquota:".length())).daily()).isNotNull();
        read++;
      } else if (part.startsWith("yaml\nstate:")) {
        String state = part.substring("yaml\nstate:".length()).trim();
        assertThat(StateSettings.read(setting("state", state))).isNotNull();
        read++;
      }
    }
    assertThat(told()).isEmpty();
    assertThat(read).isEqualTo(4);
  }
}
