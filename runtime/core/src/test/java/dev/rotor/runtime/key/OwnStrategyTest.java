package dev.rotor.runtime.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.extension.KeyStrategy;
import dev.rotor.runtime.extension.KeyView;
import dev.rotor.runtime.testing.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnStrategyTest {

  /** The last by name. */
  public static final class Last implements KeyStrategy {
    @Override
    public int choose(List<KeyView> keys) {
      int last = 0;
      for (int i = 1; i < keys.size(); i++) {
        if (keys.get(i).name().compareTo(keys.get(last).name()) > 0) {
          last = i;
        }
      }
      return last;
    }
  }

  /** Not to be relied upon. */
  public static final class Broken implements KeyStrategy {
    @Override
    public int choose(List<KeyView> keys) {
      throw new IllegalStateException("sk-secret");
    }
  }

  /** Beside the mark. */
  public static final class OutOfRange implements KeyStrategy {
    @Override
    public int choose(List<KeyView> keys) {
      return keys.size();
    }
  }

  private static Pools pools(Class<?> strategy) {
    return new Pools(
        "strategy: {class: \"%s\"}\nkeys: [{name: a, secret: x}, {name: c, secret: y}, {name: b, secret: z}]"
            .formatted(strategy.getName()));
  }

  @Test
  void itChoosesAmongTheUsableKeys() {
    Pools pools = pools(Last.class);
    assertThat(pools.use(Need.ONE)).isEqualTo("c");
    pools.rest("c", 1_000_000_000);
    assertThat(pools.use(Need.ONE)).isEqualTo("b");
  }

  @Test
  void itsFaultsCostNoCallItsKeyAndAreToldOnceWithoutTheirText() {
    Pools pools = pools(Broken.class);
    assertThat(pools.spread(Need.ONE, 3)).containsOnlyKeys("a");
    assertThat(RecordedLog.warnings())
        .filteredOn(line -> line.contains(Broken.class.getName()))
        .singleElement()
        .asString()
        .contains("IllegalStateException")
        .doesNotContain("sk-");
    assertThat(pools(OutOfRange.class).use(Need.ONE)).isEqualTo("a");
  }

  @Test
  void aClassThatIsNotThereOrNoneIsTold() {
    assertThatThrownBy(() -> new Pools("strategy: {class: com.acme.Missing}\nkeys: k"))
        .hasMessage(
            "strategy: there is no class com.acme.Missing (no `extensions` directory is said)");
    assertThatThrownBy(() -> pools(OwnStrategyTest.class))
        .hasMessageContaining("does not implement dev.rotor.runtime.extension.KeyStrategy");
  }
}
