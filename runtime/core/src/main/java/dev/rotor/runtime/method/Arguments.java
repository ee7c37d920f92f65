package dev.rotor.runtime.method;

import dev.rotor.runtime.call.Selector;
import dev.rotor.runtime.policy.ComposedValue;
import java.lang.ref.WeakReference;
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
      Object receiver = isStatic ? null : Objects.requireNonNull(self);
      return indices.isEmpty() ? new Key(receiver, all) : pick(receiver, indices, all);
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

  /**
   * Compared with {@code equals}, arrays by their contents; the receiver is the same object,
   * whatever its {@code equals} says.
   */
  private static final class Key implements ComposedValue {
    private final @Nullable Object receiver;
    private final @Nullable WeakReference<Object> kept;
    private final @Nullable Object[] parts;
    private final int hash;

    private Key(Key that, Object receiver) {
      this.receiver = null;
      this.kept = new WeakReference<>(receiver);
      this.parts = that.parts;
      this.hash = that.hash;
    }

    Key(@Nullable Object receiver, @Nullable Object[] parts) {
      this.receiver = receiver;
      this.kept = null;
      this.parts = parts;
      int sum = System.identityHashCode(receiver);
      for (Object part : parts) {
        sum = 31 * sum + hash(part);
      }
      this.hash = sum;
    }

    private static int hash(@Nullable Object part) {
      if (part == null) {
        return 0;
      }
      return part.getClass().isArray() ? Arrays.deepHashCode(new Object[] {part}) : part.hashCode();
    }

    @Override
    public Object kept() {
      return receiver == null ? this : new Key(this, receiver);
    }

    @Override
    public boolean equals(Object other) {
      return other == this
          || (other instanceof Key that
              && hash == that.hash
              && haveSameReceiver(this, that)
              && haveEqualParts(this, that));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean haveSameReceiver(Key one, Key other) {
      if (other.kept == null) {
        return one.kept == null ? one.receiver == other.receiver : haveSameReceiver(other, one);
      }
      Object receiver = one.kept == null ? one.receiver : one.kept.get();
      // one that is gone is nobody's
      return receiver != null && other.kept.refersTo(receiver);
    }

    private static boolean haveEqualParts(Key one, Key other) {
      if (one.parts.length != other.parts.length) {
        return false;
      }
      for (int i = 0; i < one.parts.length; i++) {
        if (!Objects.deepEquals(one.parts[i], other.parts[i])) {
          return false;
        }
      }
      return true;
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
}
