package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.util.Arrays;

/** Parameters and results of every type arrive in each attempt as the caller passed them. */
public class Signatures {

  private final Attempts attempts = new Attempts().refuse(2);

  private void rotated() {
    assertThat(attempts.seen()).hasSize(3).doesNotHaveDuplicates().doesNotContain("own");
  }

  @RotatedApi("pets")
  void nothing(@ApiKey String key) {
    attempts.arrive(key);
  }

  public void aMethodThatReturnsNothing() {
    nothing("own");
    rotated();
  }

  @RotatedApi("pets")
  long sum(
      long a, double b, @ApiKey String key, int c, byte d, short e, char f, float g, boolean h) {
    attempts.arrive(key);
    return h ? a + (long) b + c + d + e + f + (long) g : -1;
  }

  public void primitivesOfEverySizeAroundTheKey() {
    assertThat(sum(1L << 40, 2.0, "own", 3, (byte) 4, (short) 5, (char) 6, 7f, true))
        .isEqualTo((1L << 40) + 27);
    rotated();
  }

  @RotatedApi("pets")
  double twice(double value, @ApiKey String key) {
    attempts.arrive(key);
    return 2 * value;
  }

  public void aDouble() {
    assertThat(twice(1.25, "own")).isEqualTo(2.5);
    rotated();
  }

  @RotatedApi("pets")
  boolean not(boolean value, @ApiKey String key) {
    attempts.arrive(key);
    return !value;
  }

  public void aBoolean() {
    assertThat(not(false, "own")).isTrue();
    rotated();
  }

  @RotatedApi("pets")
  int[] squares(int[] values, @ApiKey String key) {
    attempts.arrive(key);
    return Arrays.stream(values).map(it -> it * it).toArray();
  }

  public void arrays() {
    assertThat(squares(new int[] {1, 2, 3}, "own")).containsExactly(1, 4, 9);
    rotated();
  }

  @RotatedApi("pets")
  String[][] transposed(@ApiKey String key, String[]... rows) {
    attempts.arrive(key);
    String[][] result = new String[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        result[j][i] = rows[i][j];
      }
    }
    return result;
  }

  public void arraysOfArrays() {
    assertThat(transposed("own", new String[] {"a", "b"}, new String[] {"c", "d"}))
        .isDeepEqualTo(new String[][] {{"a", "c"}, {"b", "d"}});
    rotated();
  }

  @RotatedApi("pets")
  String joined(@ApiKey String key, String... parts) {
    attempts.arrive(key);
    return String.join("+", parts);
  }

  public void variableArguments() {
    assertThat(joined("own", "a", "b", "c")).isEqualTo("a+b+c");
    rotated();
  }

  public void noVariableArguments() {
    assertThat(joined("own")).isEmpty();
    rotated();
  }

  @RotatedApi("pets")
  String changing(String text, int number, long big, @ApiKey String key) {
    String seen = text + number + big;
    text = "changed";
    number = -1;
    big = -2;
    String own = key;
    key = "changed";
    attempts.arrive(own);
    return seen + "," + text + number + big + key;
  }

  public void parametersThatTheBodyChangesAreTheCallersAgain() {
    assertThat(changing("x", 1, 2L, "own")).isEqualTo("x12,changed-1-2changed");
    rotated();
  }

  @RotatedApi("pets")
  String changingWithoutKey(String text, int number) {
    String seen = text + number;
    text = "changed";
    number++;
    attempts.arrive(seen);
    return text + number;
  }

  public void parametersAreTheCallersAgainInAMethodThatTakesNoKey() {
    attempts.refuse(1);
    assertThat(changingWithoutKey("x", 1)).isEqualTo("changed2");
    assertThat(attempts.seen()).containsExactly("x1", "x1");
  }

  @RotatedApi("pets")
  <T extends Comparable<T>> T greatest(@ApiKey String key, T a, T b) {
    attempts.arrive(key);
    return a.compareTo(b) >= 0 ? a : b;
  }

  public void genericParameters() {
    assertThat(greatest("own", "a", "b")).isEqualTo("b");
    rotated();
  }

  @RotatedApi("pets")
  String null_(@ApiKey String key, Object nothing) {
    attempts.arrive(key);
    return nothing == null ? null : "something";
  }

  public void nullComesAndGoes() {
    assertThat(null_(null, null)).isNull();
    rotated();
  }

  @RotatedApi("pets")
  String usingLocals(@ApiKey String key, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      double half = i / 2.0;
      total += (long) (half * 2);
    }
    try {
      attempts.arrive(key);
    } catch (ProviderException e) {
      String message = e.getMessage();
      assertThat(message).isNotNull();
      throw e;
    } finally {
      total++;
    }
    return String.valueOf(total);
  }

  public void aBodyWithLocalsLoopsAndHandlersOfItsOwn() {
    assertThat(usingLocals("own", 4)).isEqualTo("7");
    rotated();
  }
}
