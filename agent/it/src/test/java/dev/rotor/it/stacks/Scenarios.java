package dev.rotor.it.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Seen;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The suite. */
final class Scenarios {

  private Scenarios() {}

  static List<Row> all() {
    return Stream.of(
            KeyScenarios.rows(),
            WaitScenarios.rows(),
            PlaceScenarios.rows(),
            BodyScenarios.rows(),
            StreamScenarios.rows(),
            EndScenarios.rows(),
            ConnectionScenarios.rows())
        .flatMap(List::stream)
        .toList();
  }

  /** What is asked of the oldest versions, which are not in the table. */
  static List<Row> ofOldest() {
    return List.of(
        Row.of("a 429 rotates, and its body is sent again", Apis.TWO_KEYS, Scenarios::rotates));
  }

  private static void rotates(Trial it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    Seen seen = it.post("/echo", "hello").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    assertThat(seen.text()).contains("hello");
    assertThat(it.keys()).containsExactly("alpha", "beta");
  }
}
