package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPatternTest {
  @ParameterizedTest
  @CsvSource({
    "com.legacy.Client, com.legacy.Client, true",
    "com.legacy.Client, com.legacy.Client2, false",
    "com.legacy.Client, com.legacy.Clien, false",
    "com.legacy.Client, com.legacy.Client$Inner, false",
    "com.legacy.Client$Inner, com.legacy.Client$Inner, true",
    "Client, Client, true",
    "Client, com.Client, false",
    "com.legacy.*, com.legacy.Client, true",
    "com.legacy.*, com.legacy.sub.Client, false",
    "com.legacy.*, com.legacy.Client$Inner, false",
    "com.legacy.*$*, com.legacy.Client$Inner, true",
    "com.legacy.*$*, com.legacy.Client, false",
    "com.legacy.*Client, com.legacy.Client, true",
    "com.legacy.*Client, com.legacy.RateClient, true",
    "com.legacy.*Client, com.legacy.RateClients, false",
    "com.legacy.Rate*t, com.legacy.RateClient, true",
    "com.*.Client, com.legacy.Client, true",
    "com.*.Client, com.Client, false",
    "com.*.Client, com.a.b.Client, false",
    "com.legacy..*Client, com.legacy.RateClient, true",
    "com.legacy..*Client, com.legacy.a.RateClient, true",
    "com.legacy..*Client, com.legacy.a.b.c.RateClient, true",
    "com.legacy..*Client, com.legacyRateClient, false",
    "com.legacy..*Client, com.legacyx.RateClient, false",
    "com.legacy..Client, com.legacy.Client, true",
    "com.legacy..Client, com.legacy.RateClient, false",
    "com.legacy..*Client, com.legacy.a.Rate$Client, false",
    "..Client, Client, true",
    "..Client, a.b.Client, true",
    "..Client, a.b.RateClient, false",
    "..http..*Client, a.http.b.OkClient, true",
    "..http..*Client, http.OkClient, true",
    "..http..*Client, a.https.OkClient, false",
    "a..b..C, a.b.C, true",
    "a..b..C, a.x.b.y.C, true",
    "a..b..C, a.x.y.C, false",
    "a*..C, abc.d.C, true",
    "*, Client, true",
    "*, a.Client, false"
  })
  void aTypeMatchesByNameStarAndPackages(String pattern, String type, boolean matches) {
    assertThat(MethodPattern.parse(pattern + "#m").matchesType(type)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "fetch, fetch, true",
    "fetch, fetchAll, false",
    "fetch*, fetchAll, true",
    "fetch*, fetch, true",
    "*Async, fetchAsync, true",
    "*Async, Asyncs, false",
    "f*c*, fetch, true",
    "*, anything$default, true"
  })
  void aMethodMatchesByNameAndStar(String pattern, String method, boolean matches) {
    MethodPattern parsed = MethodPattern.parse("a.B#" + pattern);
    assertThat(parsed.matchesMethod(method, List.of("int"))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ()                  |                                          | true
          ()                  | int                                      | false
          (..)                |                                          | true
          (..)                | int java.lang.String                     | true
          (*)                 | java.lang.String                         | true
          (*)                 |                                          | false
          (*)                 | int int                                  | false
          (String)            | java.lang.String                         | true
          (String)            | com.legacy.String                        | true
          (String)            | com.legacy.MyString                      | false
          (String)            | java.lang.String[]                       | false
          (java.lang.String)  | java.lang.String                         | true
          (java.lang.String)  | com.legacy.String                        | false
          (lang.String)       | java.lang.String                         | true
          (int, long)         | int long                                 | true
          (int, long)         | int                                      | false
          ( int ,long )       | int long                                 | true
          (String, ..)        | java.lang.String                         | true
          (String, ..)        | java.lang.String int int                 | true
          (String, ..)        | int java.lang.String                     | false
          (.., String)        | int int java.lang.String                 | true
          (.., int, ..)       | long int long                            | true
          (.., int, ..)       | long long                                | false
          (.., int, .., *)    | int long                                 | true
          (.., int, .., *)    | long int                                 | false
          (byte[])            | byte[]                                   | true
          (byte[][])          | byte[]                                   | false
          (byte [] [])        | byte[][]                                 | true
          (String...)         | java.lang.String[]                       | true
          (int, String ...)   | int java.lang.String[]                   | true
          (byte[]...)         | byte[][]                                 | true
          (*)                 | byte[]                                   | true
          (Map.Entry)         | java.util.Map$Entry                      | true
          (Map$Entry)         | java.util.Map$Entry                      | true
          (Entry)             | java.util.Map$Entry                      | true
          (java.util.Map.Entry) | java.util.Map$Entry                    | true
          (Map$Entry)         | java.Map.Entry                           | false
          """)
  void parametersMatchByTheirTypes(String parameters, String types, boolean matches) {
    List<String> actual = types == null ? List.of() : List.of(types.split(" "));
    MethodPattern pattern = MethodPattern.parse("a.B#m" + parameters);
    assertThat(pattern.matchesMethod("m", actual)).isEqualTo(matches);
    assertThat(pattern.matchesMethod("other", actual)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          com.legacy.Client.fetch    | there is no `#` between type and method
          ''                         | there is no `#` between type and method
          #fetch                     | what stands before `#` is not a type's name
          com..#fetch                | what stands before `#` is not a type's name
          com...Client#fetch         | what stands before `#` is not a type's name
          .com.Client#fetch          | what stands before `#` is not a type's name
          com.Client.#fetch          | what stands before `#` is not a type's name
          com.1Client#fetch          | what stands before `#` is not a type's name
          com.my Client#fetch        | what stands before `#` is not a type's name
          com/legacy/Client#fetch    | packages are separated by `.`, not `/`
          java.util.List<String>#get | types are written without `<…>`
          com.Client#                | what stands after `#` is not a method's name
          com.Client#a#b             | what stands after `#` is not a method's name
          com.Client#a.b             | what stands after `#` is not a method's name
          com.Client#void fetch()    | what stands after `#` is not a method's name
          com.Client#<init>          | constructors and initializers cannot be bound
          com.Client#fetch(String    | its parameters must end with `)`
          com.Client#fetch(String) x | its parameters must end with `)`
          com.Client#fetch(String s) | a parameter is a type's name alone, or `*`, or `..`
          com.Client#fetch(int,)     | a parameter is a type's name alone, or `*`, or `..`
          com.Client#fetch(,)        | a parameter is a type's name alone, or `*`, or `..`
          com.Client#fetch(*[])      | a parameter is a type's name alone, or `*`, or `..`
          com.Client#fetch(Str*)     | a parameter is a type's name alone, or `*`, or `..`
          com.Client#fetch(List<A>)  | types are written without `<…>`
          """)
  void whatIsNoPatternIsRefusedWithTheReasonAndAnExample(String source, String reason) {
    assertThatThrownBy(() -> MethodPattern.parse(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "`"
                + source
                + "` is no method pattern: "
                + reason
                + "; write one as `com.legacy..*Client#fetch*(String, ..)`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.legacy..*Client#fetch*(String, ..)", " a.B # m ( int ) "})
  void aPatternShowsItselfAsItWasWritten(String source) {
    assertThat(MethodPattern.parse(source)).hasToString(source);
  }

  @Test
  void patternsOfOneTextAreEqual() {
    assertThat(MethodPattern.parse("a.B#m"))
        .isEqualTo(MethodPattern.parse("a.B#m"))
        .hasSameHashCodeAs(MethodPattern.parse("a.B#m"))
        .isNotEqualTo(MethodPattern.parse("a.B#n"));
  }

  @Test
  void spacesAroundThePartsDoNotCount() {
    MethodPattern pattern = MethodPattern.parse(" a.B # m ( int ) ");
    assertThat(pattern.matchesType("a.B")).isTrue();
    assertThat(pattern.matchesMethod("m", List.of("int"))).isTrue();
  }
}
