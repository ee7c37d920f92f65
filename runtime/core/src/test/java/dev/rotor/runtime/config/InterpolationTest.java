package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
  @TempDir Path directory;
  Interpolation interpolation;

  @BeforeEach
  void setUp() {
    Map<String, String> environment =
        Map.of("A", "one", "B_2", "two", "EMPTY", "", "RAW", "${A}: #");
    interpolation = new Interpolation(environment, new FilesRead());
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$A, $A",
    "${A}, one",
    "x${A}y${B_2}z, xoneytwoz",
    "${NO:fallback}, fallback",
    "${NO:}x, x",
    "${A:fallback}, one",
    "${EMPTY:fallback}, fallback",
    "${NO:https://host:80/a}, https://host:80/a",
    "${NO:${A}}, one",
    "${NO:${NOR:deep}}, deep",
    "$${A}, ${A}",
    "a$${b}${A}, a${b}one",
    "${RAW}, ${A}: #",
    "}{$, }{$"
  })
  void variablesAreReplacedByTheirValues(String text, String expected) {
    Interpolation.Result result = interpolation.resolve(text, directory);
    assertThat(result.problem()).isNull();
    assertThat(result.missing()).isEmpty();
    assertThat(result.text()).isEqualTo(expected);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(interpolation.resolve("${NO}-${EMPTY}-${file:gone}", directory).missing())
        .containsExactly("NO", "EMPTY", "file gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${A", "${}", "${a b}", "${1A}", "${file:}", "${NO:${}}", "${:x}"})
  void aMalformedReferenceIsAProblemThatQuotesNothing(String text) {
    assertThat(interpolation.resolve("sk-secret" + text, directory).problem())
        .isNotNull()
        .doesNotContain("sk-secret");
  }

  @ParameterizedTest
  @CsvSource({"'secret', secret", "'secret\n', secret", "'secret\r\n', secret"})
  void aFilesTrailingLineEndIsDropped(String content, String expected) throws Exception {
    Files.writeString(directory.resolve("key"), content);
    assertThat(interpolation.resolve("${file:key}", directory).text()).isEqualTo(expected);
    assertThat(interpolation.resolve("${file:" + directory.resolve("key") + "}", null).problem())
        .isNotNull();
  }

  @Test
  void aFilesNameMayHoldVariables() throws Exception {
    Files.writeString(directory.resolve("one"), "secret");
    assertThat(interpolation.resolve("${file:${A}}", directory).text()).isEqualTo("secret");
    assertThat(interpolation.resolve("${file:${NO}/key}", directory).missing())
        .containsExactly("NO");
  }

  @Test
  void onlyOneTrailingLineEndIsDroppedAndNothingElse() throws Exception {
    Files.writeString(directory.resolve("key"), " a b \n\n");
    assertThat(interpolation.resolve("${file:key}", directory).text()).isEqualTo(" a b \n");
  }
}
