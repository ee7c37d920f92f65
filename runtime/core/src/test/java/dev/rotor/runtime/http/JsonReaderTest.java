package dev.rotor.runtime.http;

import static dev.rotor.runtime.http.Providers.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static List<String> read(String json, String... pointers) {
    List<String> found = new ArrayList<>();
    JsonReader.of(List.of(pointers))
        .read(body(json), (pointer, value) -> found.add(pointer + "=" + value));
    return found;
  }

  @Test
  void scalarsOfEveryTypeAreFoundAtTheirPointers() {
    String json = "{\"a\":{\"b\":\"x\",\"c\":1.5},\"d\":true,\"e\":null,\"f\":12}";

    assertThat(read(json, "/a/b", "/a/c", "/d", "/e", "/f"))
        .containsExactly("0=x", "1=1.5", "2=true", "4=12");
  }

  @Test
  void arraysAreReadByIndexAndByStar() {
    String json = "{\"e\":[{\"v\":1},{\"w\":0},{\"v\":3}]}";

    assertThat(read(json, "/e/2/v")).containsExactly("0=3");
    assertThat(read(json, "/e/*/v")).containsExactly("0=1", "0=3");
    assertThat(read(json, "/e/0/v", "/e/*/v")).containsExactly("0=1", "1=1", "1=3");
  }

  @Test
  void aStarBesideANameKnowsAllBelowIt() {
    String json = "{\"a\":{\"x\":{\"p\":1,\"q\":2},\"y\":{\"p\":3,\"q\":4}}}";

    assertThat(read(json, "/a/x/p", "/a/*/q", "/*/y/p"))
        .containsExactlyInAnyOrder("0=1", "1=2", "2=3", "1=4");
  }

  @Test
  void aPointerMayEndWhereAnotherGoesOn() {
    assertThat(read("{\"error\":\"no\"}", "/error", "/error/code")).containsExactly("0=no");
    assertThat(read("{\"error\":{\"code\":7}}", "/error", "/error/code")).containsExactly("1=7");
  }

  @Test
  void escapesInPointersAreThoseOfRfc6901() {
    assertThat(read("{\"a/b\":1,\"c~d\":2,\"\":3}", "/a~1b", "/c~0d", "/"))
        .containsExactly("0=1", "1=2", "2=3");
  }

  @Test
  void theEmptyPointerIsTheWholeBodyIfThatIsAScalar() {
    assertThat(read("\"x\"", "")).containsExactly("0=x");
    assertThat(read("{\"a\":1}", "")).isEmpty();
  }

  @Test
  void aBodyThatIsCutOffGivesWhatCameBefore() {
    assertThat(read("{\"model\":\"gpt\",\"usage\":{\"total\":12,\"in", "/model", "/usage/total"))
        .containsExactly("0=gpt", "1=12");
    assertThat(read("{\"model\":\"gp", "/model")).isEmpty();
    assertThat(read("{\"total\":12", "/total")).isEmpty();
    assertThat(read("{\"total\":12}", "/total")).containsExactly("0=12");
    assertThat(read("12", "")).containsExactly("0=12");
    assertThat(read("{\"skipped\":[[{\"a\":", "/model")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "<html>", "{", "[", "}", "nul", "{\"a\"", "{a:1}", "\u0000", "data: {}"})
  void whatIsNotJsonGivesNothing(String text) {
    assertThat(read(text, "/a", "/a/*")).isEmpty();
  }

  @Test
  void nestingWithoutEndIsGivenUpQuietly() {
    assertThat(read("{\"b\":1,\"a\":" + "[".repeat(100_000), "/a/0/0", "/b"))
        .containsExactly("1=1");
  }

  @Test
  void theFirstValueEndsTheReading() {
    JsonReader model = JsonReader.of(List.of("/model"));

    assertThat(model.first(body("{\"messages\":[{\"model\":\"no\"}],\"model\":\"gpt-4o\",oops")))
        .isEqualTo("gpt-4o");
    assertThat(model.first(body("{\"model\":{\"name\":\"x\"}}"))).isNull();
    assertThat(model.first(body("{}"))).isNull();
  }

  @Test
  void aHugeBodyIsWalkedWithoutKeepingIt() {
    String json = "{\"data\":[" + "\"x\",".repeat(500_000) + "0],\"model\":\"m\"}";

    assertThat(JsonReader.of(List.of("/model")).first(body(json))).isEqualTo("m");
  }

  @Test
  void withoutPointersNothingIsRead() {
    assertThat(read("{\"a\":1}")).isEmpty();
  }

  @Test
  void aPointerThatIsNoneIsRefusedWithAnExample() {
    assertThatThrownBy(() -> JsonReader.of(List.of("error.code")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'error.code' is no JSON pointer; write it as in /error/code");
  }
}
