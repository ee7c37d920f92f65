package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InlineSettingsTest {
  @Test
  void theAttributesOfAnAnnotationMakeALimit() {
    assertThat(LimitSettings.of("site", 50, "1s", 0, "2s"))
        .isEqualTo(
            new LimitSettings(
                "site",
                new Rate(50, Duration.ofSeconds(1)),
                50,
                LimitSettings.Algorithm.TOKEN_BUCKET,
                null,
                Duration.ofSeconds(2)));
    assertThat(LimitSettings.of("site", 50, "1s", 7, "0s").burst()).isEqualTo(7);
  }

  @Test
  void theAttributesOfAnAnnotationMakeACache() {
    assertThat(CacheSettings.of("site", "300s", 1000))
        .isEqualTo(
            new CacheSettings(
                "site", CacheSettings.DEFAULT_TTL, CacheSettings.DEFAULT_MAX_ENTRIES));
  }

  @Test
  void aWrongAttributeIsNamed() {
    assertThatThrownBy(() -> LimitSettings.of("site", 0, "1s", 0, "0s"))
        .hasMessage("permits and per must be above zero, not 0 and 1s");
    assertThatThrownBy(() -> LimitSettings.of("site", 1, "soon", 0, "0s"))
        .hasMessageStartingWith("per: `soon` is not a duration");
    assertThatThrownBy(() -> LimitSettings.of("site", 1, "1s", -1, "0s"))
        .hasMessage("burst must be above zero, not -1");
    assertThatThrownBy(() -> LimitSettings.of("site", 1, "1s", 0, "-1s"))
        .hasMessageStartingWith("maxWait: `-1s` is not a duration");
    assertThatThrownBy(() -> CacheSettings.of("site", "0s", 1))
        .hasMessage("ttl must be above zero, not PT0S");
    assertThatThrownBy(() -> CacheSettings.of("site", "1s", 0))
        .hasMessage("maxEntries must be above zero, not 0");
  }
}
