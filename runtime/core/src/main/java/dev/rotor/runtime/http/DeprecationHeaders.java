package dev.rotor.runtime.http;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of its resource's end: {@code Deprecation} (RFC 9745, and the drafts before
 * it), {@code Sunset} (RFC 8594), and a {@code Link} to a page about it. Of what the provider wrote
 * only dates and an address without its query are repeated.
 */
final class DeprecationHeaders {

  private static final int LONGEST_LINK = 4000;
  private static final int LONGEST_GUIDE = 300;
  private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^<]*)");
  private static final Pattern ABOUT_THE_END =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*\"?[^\";,]*\\b(?:deprecation|sunset)\\b", Pattern.CASE_INSENSITIVE);

  private DeprecationHeaders() {}

  static boolean areIn(Headers headers) {
    return headers.first("Deprecation") != null || headers.first("Sunset") != null;
  }

  /** As the end of a sentence, "is deprecated ..."; null: nothing that can be read. */
  static @Nullable String read(Headers headers, URI address) {
    String deprecation = headers.first("Deprecation");
    String sunset = headers.first("Sunset");
    LocalDate gone = sunset == null ? null : day(HttpDate.parse(sunset.strip()));
    StringBuilder text = new StringBuilder();
    if (deprecation != null && !isDenied(deprecation.strip())) {
      LocalDate since = since(deprecation.strip());
      text.append("is deprecated").append(since == null ? "" : " as of " + since);
    }
    if (gone != null) {
      text.append(text.isEmpty() ? "" : " and ").append("may be gone from ").append(gone);
    }
    if (text.isEmpty()) {
      return null;
    }
    URI guide = guide(headers.first("Link"), address);
    return text.append(guide == null ? "" : "; see " + guide).toString();
  }

  private static boolean isDenied(String value) {
    return value.equals("?0") || value.equals("false");
  }

  private static @Nullable LocalDate since(String value) {
    if (!value.startsWith("@")) {
      return day(HttpDate.parse(value));
    }
    try {
      return day(Math.multiplyExact(Long.parseLong(value.substring(1)), 1000L));
    } catch (ArithmeticException | NumberFormatException unreadable) {
      return null;
    }
  }

  private static @Nullable LocalDate day(long epochMillis) {
    return epochMillis < 0
        ? null
        : LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
  }

  private static @Nullable URI guide(@Nullable String links, URI address) {
    if (links == null || links.length() > LONGEST_LINK) {
      return null;
    }
    for (Matcher link = LINK.matcher(links); link.find(); ) {
      if (ABOUT_THE_END.matcher(link.group(2)).find()) {
        return shown(link.group(1).strip(), address);
      }
    }
    return null;
  }

  private static @Nullable URI shown(String target, URI address) {
    try {
      URI guide = address.resolve(target);
      String scheme = String.valueOf(guide.getScheme()).toLowerCase(Locale.ROOT);
      if (guide.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
        return null;
      }
      String port = guide.getPort() < 0 ? "" : ":" + guide.getPort();
      URI shown = URI.create(scheme + "://" + guide.getHost() + port + guide.getRawPath());
      return shown.toString().length() > LONGEST_GUIDE ? null : shown;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
