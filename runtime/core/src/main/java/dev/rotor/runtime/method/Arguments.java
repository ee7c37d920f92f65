package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Selector;
import dev.rotor.runtime.policy.ComposedValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Selectors over a method's receiver and arguments. */
public final class Arguments {

  private Arguments() {}

  /** The marked arguments; null: none is marked. */
  public static @Nullable Selector limitBy(List<Integer> indices) {
    if (indices.isEmpty()) {
      return null;
    }
    return (self, arguments) -> pick(null, indices, Objects.requireNonNull(arguments));
  }

  /** The receiver with the marked arguments, or with all where none is marked. */
  public static Selector cacheKey(List<Integer> indices, boolean isStatic) {
    return (self, arguments) -> {
      @Nullable Object[] all = Objects.requireNonNull(arguments);
      Object receiver = isStatic ? null : new Identity(Objects.requireNonNull(self));
      return indices.isEmpty() ? new Key(receiver, all.clone()) : pick(receiver, indices, all);
    };
  }

  private static Object pick(
      @Nullable Object receiver, List<Integer> indices, @Nullable Object[] all) {
    @Nullable Object[] picked = new @Nullable Object[indices.size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = all[indices.get(i)];
    }
    return new Key(receiver, picked);
  }

  /** Compared with {@code equals}, arrays by their contents. */
  private static final class Key implements ComposedValue {
    private final @Nullable Object receiver;
    private final @Nullable Object[] parts;
    private final int hash;

    Key(@Nullable Object receiver, @Nullable Object[] parts) {
      this.receiver = receiver;
      this.parts = parts;
      this.hash = 31 * Objects.hashCode(receiver) + Arrays.deepHashCode(parts);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && hash == that.hash
          && Objects.equals(receiver, that.receiver)
          && Arrays.deepEquals(parts, that.parts);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public @Nullable Class<?> owner() {
      for (Object part : parts) {
        Class<?> owner = part == null ? null : ComposedValue.owner(part);
        if (owner != null) {
          return owner;
        }
      }
      return null;
    }
  }

  /** A receiver: the same object, whatever its {@code equals} says. */
  private static final class Identity {
    private final Object object;

    Identity(Object object) {
      this.object = object;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && object == that.object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
