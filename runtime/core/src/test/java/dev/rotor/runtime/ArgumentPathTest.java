package dev.rotor.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.SiteDeclaration.Marks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentPathTest {

  interface Named {
    default String label() {
      return "from the interface";
    }
  }

  static class Account {
    private final String owner = "ann";

    static String userId() {
      return "static";
    }

    String ownerOf() {
      return owner;
    }
  }

  static final class User extends Account implements Named {
    String getUserId() {
      return "u1";
    }

    @Nullable Account account() {
      return null;
    }
  }

  private static final SiteDeclaration SITE =
      new SiteDeclaration(
          "C#m(User, String)",
          List.of("C"),
          "m",
          List.of("User", "java.lang.String"),
          List.of("user", "text"),
          Marks.NONE,
          false,
          null,
          (self, arguments) -> "key");

  private static @Nullable Object read(String path) {
    return ArgumentPath.parse(path, SITE).select(null, new Object[] {new User(), "words"});
  }

  @Test
  void namesAnArgumentByPlaceOrName() {
    assertThat(read("args[1]")).isEqualTo("words");
    assertThat(read("text")).isEqualTo("words");
    assertThat(read(" text ")).isEqualTo("words");
  }

  @Test
  void stepsAreMethodsGettersOrFieldsInheritedOnesToo() {
    assertThat(read("args[0].userId")).isEqualTo("u1");
    assertThat(read("user.ownerOf")).isEqualTo("ann");
    assertThat(read("user.owner")).isEqualTo("ann");
    assertThat(read("user.label")).isEqualTo("from the interface");
    assertThat(read("user.userId.length")).isEqualTo(2);
  }

  @Test
  void nullOnTheWayIsTheValue() {
    assertThat(read("user.account.owner")).isNull();
    assertThat(ArgumentPath.parse("args[0].userId", SITE).select(null, new Object[2])).isNull();
    assertThat(ArgumentPath.parse("args[0]", SITE).select(null, null)).isNull();
  }

  @Test
  void whatAModuleKeepsClosedIsReadThroughItsInterface() {
    assertThat(ArgumentPath.parse("args[0].size", SITE).select(null, new Object[] {List.of(1, 2)}))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"args[2]", "args[-1]", "args[x]", "args[0", "args", "other", "", "args[0]."})
  void whatNamesNoArgumentIsToldWithTheSite(String path) {
    assertThatThrownBy(() -> ArgumentPath.parse(path, SITE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no argument of C#m(User, String); write args[0] to args[1]");
  }

  @Test
  void aStepThatIsNotThereIsToldWithTheType() {
    assertThatThrownBy(() -> read("user.nothing"))
        .hasMessageContaining("has neither a method nothing() or getNothing(), nor a field");
  }
}
