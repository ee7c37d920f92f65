package dev.rotor.runtime.policy;

import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bucket for each value of a limit. Those of values whose class is the application's hang on that
 * class, so that they die with its loader. Thread-safe.
 */
final class BucketsByValue {

  /** Stands for null, which is a value of its own. */
  private static final Object NULL = new Object();

  private final LoadingCache<Object, TimedBucket> ofTheJdk;
  private final ClassValue<LoadingCache<Object, TimedBucket>> ofTheApplication;

  BucketsByValue(Supplier<LoadingCache<Object, TimedBucket>> cache) {
    this.ofTheJdk = cache.get();
    this.ofTheApplication =
        new ClassValue<>() {
          @Override
          protected LoadingCache<Object, TimedBucket> computeValue(Class<?> type) {
            return cache.get();
          }
        };
  }

  TimedBucket get(@Nullable Object value) {
    if (value == null) {
      return ofTheJdk.get(NULL);
    }
    Class<?> owner =
        value instanceof ComposedValue composed ? composed.owner() : ComposedValue.owner(value);
    return owner == null ? ofTheJdk.get(value) : ofTheApplication.get(owner).get(value);
  }
}
