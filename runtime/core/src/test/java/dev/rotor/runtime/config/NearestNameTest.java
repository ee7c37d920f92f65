package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> NAMES =
      List.of("strategy", "retry", "max-entries", "by", "base-url", "keys");

  @ParameterizedTest
  @CsvSource({
    "stratgy, strategy",
    "straetgy, strategy",
    "Strategy, strategy",
    "maxEntries, max-entries",
    "max_entries, max-entries",
    "rety, retry",
    "bye, by",
    "baseurl, base-url",
    "key, keys"
  })
  void theNearestNameIsFound(String name, String nearest) {
    assertThat(NearestName.of(name, NAMES)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"telepathy", "zz", "x", "entries"})
  void whatIsFarFromAllHasNone(String name) {
    assertThat(NearestName.of(name, NAMES)).isNull();
  }

  @Test
  void theHintIsTheNearestNameOrElseAllOfThem() {
    assertThat(NearestName.hint("kes", List.of("keys", "key"))).contains("did you mean `keys`?");
    assertThat(NearestName.hint("zz", List.of("a", "bbb"))).isEqualTo("; allowed: `a`, `bbb`");
    assertThat(NearestName.hint("zz", List.of())).isEmpty();
  }
}
