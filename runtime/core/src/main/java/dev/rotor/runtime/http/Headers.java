package dev.rotor.runtime.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The headers of one request or response, as an HTTP client's adapter shows them. */
@FunctionalInterface
public interface Headers {
  /** No headers at all. */
  Headers NONE = name -> null;

  /**
   * The first value of a header, or null when it is not there. Names are matched whatever their
   * case (RFC 9110, section 5.1).
   */
  @Nullable String first(String name);

  /** Whether there is more than one of a name, as far as the client tells. */
  default boolean isRepeated(String name) {
    return false;
  }

  /**
   * Headers of a client that shows all values.
   *
   * @param all of a name, in the order of the message; none when it is not there
   */
  static Headers of(Function<String, List<String>> all) {
    return of(
        name -> {
          List<String> values = all.apply(name);
          return values.isEmpty() ? null : values.get(0);
        },
        name -> all.apply(name).size());
  }

  /**
   * The same, of a client that has a cheaper way to the first one.
   *
   * @param count how many there are of a name
   */
  static Headers of(Headers first, ToIntFunction<String> count) {
    return new Headers() {
      @Override
      public @Nullable String first(String name) {
        return first.first(name);
      }

      @Override
      public boolean isRepeated(String name) {
        return count.applyAsInt(name) > 1;
      }
    };
  }
}
