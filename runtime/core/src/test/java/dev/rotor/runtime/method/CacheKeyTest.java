package dev.rotor.runtime.method;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.call.Selector;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.policy.ComposedValue;
import dev.rotor.runtime.policy.ValueCache;
import dev.rotor.runtime.testing.FakeClock;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheKeyTest {

  private final Selector ofInstance = Arguments.cacheKey(List.of(), false);
  private final Selector ofStatic = Arguments.cacheKey(List.of(), true);
  private final ValueCache cache = new ValueCache(CacheSettings.of("c", "1m", 10), new FakeClock());

  /** Equal to all of its kind; the cache must not care. */
  private record Client(String name) {}

  @Test
  void aValueBelongsToItsReceiver() {
    Client one = new Client("same");
    Client other = new Client("same");
    cache.loaded(key(one, "lamp"), "of one");

    assertThat(cache.get(key(one, "lamp"))).isEqualTo("of one");
    assertThat(cache.get(key(other, "lamp"))).isNull();
    assertThat(cache.get(key(one, "kettle"))).isNull();

    cache.loaded(key(one, "lamp"), "newer");
    assertThat(cache.get(key(one, "lamp"))).isEqualTo("newer");
  }

  @Test
  void staticMethodsNeedNone() {
    cache.loaded(requireNonNull(ofStatic.select(null, new Object[] {"lamp"})), "value");

    Object same = requireNonNull(ofStatic.select(null, new Object[] {"lamp"}));
    assertThat(cache.get(same)).isEqualTo("value");
    assertThat(cache.get(key(new Client("any"), "lamp"))).isNull();
  }

  @Test
  void theKeptKeyEqualsEveryOther() {
    Client client = new Client("any");
    Object kept = ((ComposedValue) key(client, "lamp")).kept();

    assertThat(kept).isEqualTo(key(client, "lamp")).hasSameHashCodeAs(key(client, "lamp"));
    assertThat(key(client, "lamp")).isEqualTo(kept);
    assertThat(kept).isEqualTo(((ComposedValue) key(client, "lamp")).kept());
    assertThat(kept).isNotEqualTo(key(new Client("any"), "lamp"));
  }

  @Test
  void aCachedValueKeepsNoReceiverAlive() throws InterruptedException {
    WeakReference<Client> reference = loaded();

    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(reference.get()).isNull();
  }

  private WeakReference<Client> loaded() {
    Client client = new Client("gone soon");
    cache.loaded(key(client, "lamp"), "value");
    return new WeakReference<>(client);
  }

  private Object key(Client receiver, String argument) {
    return requireNonNull(ofInstance.select(receiver, new Object[] {argument}));
  }
}
