package dev.rotor.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.time.Signal;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueCacheTest {

  private final FakeClock clock = new FakeClock();
  private final ValueCache cache = new ValueCache(CacheSettings.of("c", "1m", 2), clock);

  @Test
  void oneClaimsALoadAndOthersGetItsSignal() {
    assertThat(cache.claim("key")).isNull();
    Signal signal = cache.claim("key");
    assertThat(signal).isNotNull();
    assertThat(cache.claim("another")).isNull();

    cache.loaded("key", "value");

    assertThat(signal != null && signal.isFired()).isTrue();
    assertThat(cache.get("key")).isEqualTo("value");
    assertThat(cache.claim("key")).isNull();
  }

  @Test
  void nullIsNotKept() {
    assertThat(cache.claim("key")).isNull();
    cache.loaded("key", null);
    assertThat(cache.get("key")).isNull();
    assertThat(cache.claim("key")).isNull();
  }

  @Test
  void valuesAgeAndTheirNumberIsBounded() {
    for (int i = 0; i < 100; i++) {
      cache.loaded(i, "value");
    }
    long kept = IntStream.range(0, 100).filter(i -> cache.get(i) != null).count();
    assertThat(kept).isLessThanOrEqualTo(2);
    cache.loaded("key", "value");
    clock.advance(Duration.ofMinutes(1));
    assertThat(cache.get("key")).isNull();
  }
}
