package dev.rotor.runtime.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential that shows itself only when asked to: {@link #toString} is its {@link #masked} form.
 */
public final class Secret {
  private static final int SHOWN_FROM = 12;
  private final @Nullable String value;
  private final String origin;

  private Secret(@Nullable String value, String origin) {
    this.value = value;
    this.origin = origin;
  }

  /** A secret that was found. */
  public static Secret of(String value) {
    return new Secret(Objects.requireNonNull(value), "");
  }

  /** A secret whose variable or file is not there; {@code origin} says which. */
  public static Secret missing(String origin) {
    return new Secret(null, origin);
  }

  public boolean isMissing() {
    return value == null;
  }

  /** Which variable or file was missing; empty when none was. */
  public String origin() {
    return origin;
  }

  /**
   * The credential itself, for placing it into a request.
   *
   * @throws IllegalStateException when it is missing
   */
  public String reveal() {
    if (value == null) {
      throw new IllegalStateException("no secret: " + origin + " is not set");
    }
    return value;
  }

  /** What people may see: {@code sk-…8a7}; of a short secret nothing. */
  public String masked() {
    if (value == null) {
      return "(missing)";
    }
    if (value.length() < SHOWN_FROM) {
      return "…";
    }
    return value.substring(0, 3) + "…" + value.substring(value.length() - 3);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && Objects.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  @Override
  public String toString() {
    return masked();
  }
}
