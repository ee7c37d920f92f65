package dev.rotor.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.observe.Stats.Event;
import dev.rotor.runtime.testing.Threads;
import org.junit.jupiter.api.Test;

class StatsTest {

  private static final int THREADS = 8;
  private static final int TURNS = 50_000;

  private final Stats stats = new Stats();

  @Test
  void beginsWithNothing() {
    assertThat(stats.calls()).isZero();
    assertThat(stats.totalNanos()).isZero();
    assertThat(stats.totalTokens()).isZero();
    assertThat(stats.count(Event.FAILURE)).isZero();
  }

  @Test
  void tellsWhatItCounted() {
    stats.record(5);
    stats.record(7);
    stats.count();
    stats.event(Event.RETRY);
    stats.tokens(1, 2, 3);
    stats.tokens(-1, -1, 10);
    assertThat(stats.calls()).isEqualTo(3);
    assertThat(stats.totalNanos()).isEqualTo(12);
    assertThat(stats.inputTokens()).isEqualTo(1);
    assertThat(stats.outputTokens()).isEqualTo(2);
    assertThat(stats.totalTokens()).isEqualTo(13);
    assertThat(stats.count(Event.RETRY)).isEqualTo(1);
    assertThat(stats.count(Event.FAILURE)).isZero();
  }

  @Test
  void threadsLoseNothing() {
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < TURNS; i++) {
            stats.record(3);
            stats.event(Event.FAILURE);
            stats.tokens(1, 1, 2);
          }
        });
    assertThat(stats.calls()).isEqualTo(THREADS * TURNS);
    assertThat(stats.totalNanos()).isEqualTo(3L * THREADS * TURNS);
    assertThat(stats.count(Event.FAILURE)).isEqualTo(THREADS * TURNS);
    assertThat(stats.totalTokens()).isEqualTo(2L * THREADS * TURNS);
  }
}
