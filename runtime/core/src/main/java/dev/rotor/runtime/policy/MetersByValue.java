package dev.rotor.runtime.policy;

import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A meter for each value of a limit. Those of values whose class is the application's hang on that
 * class, so that they die with its loader. Thread-safe.
 */
final class MetersByValue {

  /** Stands for null, which is a value of its own. */
  private static final Object NULL = new Object();

  private final LoadingCache<Object, Meter> ofTheJdk;
  private final ClassValue<LoadingCache<Object, Meter>> ofTheApplication;

  MetersByValue(Supplier<LoadingCache<Object, Meter>> cache) {
    this.ofTheJdk = cache.get();
    this.ofTheApplication =
        new ClassValue<>() {
          @Override
          protected LoadingCache<Object, Meter> computeValue(Class<?> type) {
            return cache.get();
          }
        };
  }

  Meter get(@Nullable Object value) {
    if (value == null) {
      return ofTheJdk.get(NULL);
    }
    Class<?> owner =
        value instanceof ComposedValue composed ? composed.owner() : ComposedValue.owner(value);
    return owner == null ? ofTheJdk.get(value) : ofTheApplication.get(owner).get(value);
  }
}
