package dev.rotor.runtime.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One parameter of a raw query; everything around it stays as it was written (RFC 3986). */
final class QueryParameter {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final String name;
  private final String encodedName;

  QueryParameter(String name) {
    this.name = name;
    this.encodedName = encode(name);
  }

  /** Replaces the value where the parameter stands first and drops it elsewhere, or appends it. */
  URI set(URI address, String value) {
    return rewrite(address, encodedName + "=" + encode(value));
  }

  URI remove(URI address) {
    return rewrite(address, null);
  }

  boolean everyValue(URI address, Predicate<String> test) {
    String query = address.getRawQuery();
    if (query == null) {
      return true;
    }
    int start = 0;
    while (start <= query.length()) {
      int end = endOfPair(query, start);
      if (isMine(query, start, end)) {
        int equals = query.indexOf('=', start);
        String raw = equals < 0 || equals >= end ? "" : query.substring(equals + 1, end);
        if (!test.test(decode(raw))) {
          return false;
        }
      }
      start = end + 1;
    }
    return true;
  }

  private URI rewrite(URI address, @Nullable String pair) {
    String text = address.toString();
    int fragment = text.indexOf('#');
    String tail = fragment < 0 ? "" : text.substring(fragment);
    String head = fragment < 0 ? text : text.substring(0, fragment);
    int mark = head.indexOf('?');
    if (mark < 0) {
      return pair == null ? address : URI.create(head + "?" + pair + tail);
    }
    String query = head.substring(mark + 1);
    StringBuilder kept = new StringBuilder(text.length() + (pair == null ? 0 : pair.length()));
    boolean first = true;
    boolean written = pair == null;
    boolean changed = false;
    int start = 0;
    while (start <= query.length()) {
      int end = endOfPair(query, start);
      String piece = query.substring(start, end);
      start = end + 1;
      if (isMine(piece, 0, piece.length())) {
        changed = true;
        if (written || pair == null) {
          continue;
        }
        piece = pair;
        written = true;
      }
      kept.append(first ? "" : "&").append(piece);
      first = false;
    }
    if (!written && pair != null) {
      kept.append(kept.isEmpty() ? "" : "&").append(pair);
      changed = true;
    }
    if (!changed) {
      return address;
    }
    String asked = kept.isEmpty() ? "" : "?" + kept;
    return URI.create(head.substring(0, mark) + asked + tail);
  }

  private static int endOfPair(String query, int start) {
    int ampersand = query.indexOf('&', start);
    return ampersand < 0 ? query.length() : ampersand;
  }

  private boolean isMine(String query, int start, int end) {
    int equals = query.indexOf('=', start);
    int nameEnd = equals < 0 || equals >= end ? end : equals;
    if (nameEnd - start == name.length()) {
      return query.startsWith(name, start);
    }
    return nameEnd - start > name.length() && decode(query.substring(start, nameEnd)).equals(name);
  }

  /** Leaves only what RFC 3986, section 2.3, calls unreserved. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return encoded.toString();
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(raw[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
