package dev.rotor.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of HTTP that settings may name: headers, methods, base URLs, JSON pointers. */
final class HttpText {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HttpText() {}

  /** A header's name, as written. */
  static String header(String text) {
    if (isToken(text)) {
      return text;
    }
    throw new MalformedTextException(text, "is not the name of a header");
  }

  /** A method in upper case. */
  static String method(String text) {
    if (isToken(text)) {
      return text.toUpperCase(Locale.ROOT);
    }
    throw new MalformedTextException(text, "is not an HTTP method");
  }

  /** RFC 9110's token. */
  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!alphanumeric && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether a text can stand in a header or a query: no line breaks or other controls. */
  static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127) {
        return false;
      }
    }
    return true;
  }

  /** The headers of an API or a key; their values are nobody's to see. */
  static Map<String, String> headers(@Nullable Section section) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (section == null) {
      return headers;
    }
    for (Map.Entry<String, Setting> entry : section.named().entrySet()) {
      String value = entry.getValue().confidential().text();
      if (!isToken(entry.getKey())) {
        entry.getValue().mistake("is not the name of a header");
      } else if (value != null && !isOneLine(value)) {
        entry.getValue().mistake("the value holds a line break");
      } else if (value != null) {
        headers.put(entry.getKey(), value);
      }
    }
    return headers;
  }

  /** An absolute URL of HTTP, without credentials, query or fragment. */
  static URI baseUrl(String text) {
    if (text.indexOf('@') >= 0 || text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      // A user or a query may hold a credential.
      throw MalformedTextException.unquoted(
          "must be a URL of host and path only, without user, query or fragment");
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedTextException(text, "is not a URL; write one as `https://host/path`");
    }
    String scheme = url.getScheme();
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw new MalformedTextException(text, "must start with `https://` or `http://`");
    }
    if (url.getHost() == null || url.getPort() > HostPattern.LAST_PORT) {
      throw new MalformedTextException(text, "names no host; write one as `https://host/path`");
    }
    return url;
  }

  /** RFC 6901. */
  static String pointer(String text) {
    if (text.startsWith("/")) {
      return text;
    }
    throw new MalformedTextException(text, "is not a JSON pointer, such as `/error/code`");
  }
}
