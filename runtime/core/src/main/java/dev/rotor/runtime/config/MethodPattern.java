package dev.rotor.runtime.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a binding is for: {@code com.legacy..*Client#fetch*(String, ..)}.
 *
 * <p>{@code TYPE#METHOD} or {@code TYPE#METHOD(PARAMETERS)}. In the type, {@code *} stands for any
 * part of one name segment and {@code ..} for any number of packages, none too; a nested type is
 * written with {@code $}, which {@code *} does not reach across. In the method, {@code *} stands
 * for any part of its name. Parameters are type names, simple or qualified, {@code *} for any one
 * and {@code ..} for any number; arrays end with {@code []} or {@code ...}; without parentheses any
 * parameters match. Generic types are written without their arguments. A pattern that matches an
 * interface or a superclass matches the methods that override it, too.
 */
public final class MethodPattern {
  private final String source;
  private final String type;

  /** What each matching type starts and ends with; the whole name where there is no wildcard. */
  private final String typeStart;

  private final String typeEnd;
  private final String method;
  private final @Nullable List<String> parameters;

  private MethodPattern(
      String source, String type, String method, @Nullable List<String> parameters) {
    this.source = source;
    this.type = type;
    this.typeStart = type.substring(0, MethodPatternSyntax.literalStart(type));
    this.typeEnd = type.substring(MethodPatternSyntax.literalEnd(type));
    this.method = method;
    this.parameters = parameters;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what is wrong and shows one
   */
  public static MethodPattern parse(String source) {
    MethodPatternSyntax parts = MethodPatternSyntax.split(source);
    return new MethodPattern(source, parts.type(), parts.method(), parts.parameters());
  }

  /** Whether a type of this binary name ({@code com.legacy.Client$Inner}) is meant. */
  public boolean matchesType(String className) {
    // Asked for each class that is loaded, and the answer is nearly always no.
    if (!className.startsWith(typeStart) || !className.endsWith(typeEnd)) {
      return false;
    }
    return typeStart.length() == type.length()
        ? className.length() == type.length()
        : matches(type, 0, className, 0, true);
  }

  /**
   * Whether a method of a matching type is meant; parameter types as binary names, arrays with
   * {@code []}.
   */
  public boolean matchesMethod(String name, List<String> parameterTypes) {
    return matches(method, 0, name, 0, false)
        && (parameters == null || matchParameters(parameters, 0, parameterTypes, 0));
  }

  /** Matches the rest of a pattern against the rest of a name, in which {@code $} may nest. */
  private static boolean matches(String pattern, int i, String name, int j, boolean nested) {
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == '*') {
        return matchesAfterStar(pattern, i + 1, name, j, nested);
      }
      if (pattern.startsWith("..", i)) {
        return matchesAfterPackages(pattern, i, name, j, nested);
      }
      if (j == name.length() || name.charAt(j) != c) {
        return false;
      }
      i++;
      j++;
    }
    return j == name.length();
  }

  private static boolean matchesAfterStar(
      String pattern, int i, String name, int j, boolean nested) {
    for (int end = j; ; end++) {
      if (matches(pattern, i, name, end, nested)) {
        return true;
      }
      if (end == name.length() || name.charAt(end) == '.' || (nested && name.charAt(end) == '$')) {
        return false;
      }
    }
  }

  private static boolean matchesAfterPackages(
      String pattern, int i, String name, int j, boolean nested) {
    int rest = i + 2;
    if (i == 0 && matches(pattern, rest, name, 0, nested)) {
      return true;
    }
    if (i > 0 && (j == name.length() || name.charAt(j) != '.')) {
      return false;
    }
    for (int dot = name.indexOf('.', j); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (matches(pattern, rest, name, dot + 1, nested)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchParameters(List<String> patterns, int i, List<String> types, int j) {
    if (i == patterns.size()) {
      return j == types.size();
    }
    String pattern = patterns.get(i);
    if (pattern.equals("..")) {
      for (int end = j; end <= types.size(); end++) {
        if (matchParameters(patterns, i + 1, types, end)) {
          return true;
        }
      }
      return false;
    }
    return j < types.size()
        && matchesParameter(pattern, types.get(j))
        && matchParameters(patterns, i + 1, types, j + 1);
  }

  /**
   * A name matches whole or from any package or outer type on: {@code Entry}, {@code Map$Entry}.
   */
  private static boolean matchesParameter(String pattern, String type) {
    if (pattern.equals("*")) {
      return true;
    }
    int start = type.length() - pattern.length();
    if (start < 0
        || (start > 0 && type.charAt(start - 1) != '.' && type.charAt(start - 1) != '$')) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char found = type.charAt(start + i);
      if (wanted != found && !(wanted == '.' && found == '$')) {
        return false;
      }
    }
    return true;
  }

  static boolean isQualifiedName(String text) {
    return MethodPatternSyntax.isQualifiedName(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MethodPattern that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
