package dev.rotor.runtime.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@link MethodPattern}, checked.
 *
 * @param parameters null: any
 */
record MethodPatternSyntax(String type, String method, @Nullable List<String> parameters) {
  private static final String EXAMPLE = "; write one as `com.legacy..*Client#fetch*(String, ..)`";
  private static final String ANY_NUMBER = "..";

  static MethodPatternSyntax split(String source) {
    String text = source.trim();
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw malformed(source, "is no method pattern: there is no `#` between type and method");
    }
    int open = text.indexOf('(', hash);
    String type = text.substring(0, hash).trim();
    String method = text.substring(hash + 1, open < 0 ? text.length() : open).trim();
    checkType(source, type);
    checkMethod(source, method);
    if (open < 0) {
      return new MethodPatternSyntax(type, method, null);
    }
    if (!text.endsWith(")")) {
      throw malformed(source, "is no method pattern: its parameters must end with `)`");
    }
    String list = text.substring(open + 1, text.length() - 1);
    return new MethodPatternSyntax(type, method, parameters(source, list));
  }

  private static void checkType(String source, String type) {
    if (type.indexOf('/') >= 0) {
      throw malformed(source, "is no method pattern: packages are separated by `.`, not `/`");
    }
    if (type.indexOf('<') >= 0) {
      throw generics(source);
    }
    // What is left when each wildcard is filled in must be an ordinary name.
    String filled = type.replace('*', 'x').replace(ANY_NUMBER, ".x.");
    if (filled.startsWith(".x.")) {
      filled = filled.substring(1);
    }
    if (type.contains("...") || !isQualifiedName(filled)) {
      throw malformed(source, "is no method pattern: what stands before `#` is not a type's name");
    }
  }

  private static void checkMethod(String source, String method) {
    if (method.startsWith("<")) {
      throw malformed(
          source, "is no method pattern: constructors and initializers cannot be bound");
    }
    if (!isName(method.replace('*', 'x'))) {
      throw malformed(source, "is no method pattern: what stands after `#` is not a method's name");
    }
  }

  private static List<String> parameters(String source, String list) {
    List<String> parameters = new ArrayList<>();
    if (list.isBlank()) {
      return parameters;
    }
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      parameters.add(parameter(source, list.substring(start, end).trim()));
      start = end + 1;
    }
    return parameters;
  }

  private static String parameter(String source, String text) {
    if (text.equals("*") || text.equals(ANY_NUMBER)) {
      return text;
    }
    if (text.indexOf('<') >= 0 || text.indexOf('>') >= 0) {
      throw generics(source);
    }
    String type = text.endsWith("...") ? text.substring(0, text.length() - 3).trim() + "[]" : text;
    String element = type;
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2).trim();
    }
    if (!isQualifiedName(element)) {
      throw malformed(
          source, "is no method pattern: a parameter is a type's name alone, or `*`, or `..`");
    }
    return element + "[]".repeat((type.length() - type.replace("[]", "").length()) / 2);
  }

  /** Where the first wildcard starts. */
  static int literalStart(String type) {
    int star = type.indexOf('*');
    int packages = type.indexOf(ANY_NUMBER);
    int first = Math.min(star < 0 ? type.length() : star, packages < 0 ? type.length() : packages);
    return first;
  }

  /** Where the last wildcard has ended. */
  static int literalEnd(String type) {
    int star = type.lastIndexOf('*');
    int packages = type.lastIndexOf(ANY_NUMBER);
    return Math.max(star + 1, packages < 0 ? 0 : packages + ANY_NUMBER.length());
  }

  static boolean isQualifiedName(String text) {
    int start = 0;
    while (true) {
      int dot = text.indexOf('.', start);
      if (!isName(text.substring(start, dot < 0 ? text.length() : dot))) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      start = dot + 1;
    }
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!Character.isJavaIdentifierPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static MalformedTextException generics(String source) {
    return malformed(source, "is no method pattern: types are written without `<…>`");
  }

  private static MalformedTextException malformed(String source, String problem) {
    return new MalformedTextException(source, problem + EXAMPLE);
  }
}
