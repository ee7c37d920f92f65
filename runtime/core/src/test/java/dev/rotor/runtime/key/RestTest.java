package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestTest {

  @Test
  void aFreshRestIsOverForACallThatReadItsClockBefore() {
    long callRead = 1_000;
    long madeLater = 9_000;
    assertThat(new Rest(madeLater).left(callRead)).isNegative();
  }
}
