package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void peopleSeeTheMaskedFormOnly() {
    assertThat(Secret.of("sk-proj-0123456788a7")).hasToString("sk-…8a7");
    assertThat(Secret.of("short")).hasToString("…");
    assertThat(Secret.missing("NAME")).hasToString("(missing)");
  }

  @Test
  void aMissingSecretTellsWhatWasNotThereAndRevealsNothing() {
    Secret missing = Secret.missing("NAME");
    assertThat(missing.isMissing()).isTrue();
    assertThat(missing.origin()).isEqualTo("NAME");
    assertThatThrownBy(missing::reveal).hasMessage("no secret: NAME is not set");
  }

  @Test
  void secretsOfOneTextAreEqual() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.missing("A")).isNotEqualTo(Secret.of("A"));
  }
}
