package dev.rotor.runtime.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which methods a binding is for: {@code com.legacy..*Client#fetch*(String, ..)}.
 *
 * <p>{@code TYPE#METHOD} or {@code TYPE#METHOD(PARAMETERS)}. In the type, {@code *} stands for any
 * part of one name segment and {@code ..} for any number of packages; a nested type is written with
 * {@code $}. In the method, {@code *} stands for any part of its name. Parameters are type names,
 * simple or qualified, {@code *} for any one and {@code ..} for any number; without parentheses any
 * parameters match. A pattern that matches an interface or a superclass matches the methods that
 * override it, too.
 */
@SuppressWarnings({"UnusedMethod", "UnusedVariable", "DoNotCallSuggester"})
public final class MethodPattern {
  private final String source;
  private final Pattern type;
  private final Pattern method;
  private final @org.jspecify.annotations.Nullable List<String> parameters;

  private MethodPattern(
      String source,
      Pattern type,
      Pattern method,
      @org.jspecify.annotations.Nullable List<String> parameters) {
    this.source = source;
    this.type = type;
    this.method = method;
    this.parameters = parameters;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong and shows one
   */
  public static MethodPattern parse(String source) {
    throw new UnsupportedOperationException();
  }

  /** Whether a type of this binary name ({@code com.legacy.Client$Inner}) is meant. */
  public boolean matchesType(String className) {
    return type.matcher(className).matches();
  }

  /**
   * Whether a method of a matching type is meant; parameter types as binary names, arrays with
   * {@code []}.
   */
  public boolean matchesMethod(String name, List<String> parameterTypes) {
    return method.matcher(name).matches()
        && (parameters == null || matchParameters(parameterTypes));
  }

  private boolean matchParameters(List<String> types) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    return source;
  }
}
