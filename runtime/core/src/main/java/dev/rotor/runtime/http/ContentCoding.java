package dev.rotor.runtime.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Bodies that come compressed (RFC 9110, section 8.4.1): gzip and deflate. */
final class ContentCoding {

  static final int MOST_DECODED = 8 * 1024 * 1024;
  private static final byte[] NOTHING = new byte[0];

  private ContentCoding() {}

  /** How the body is compressed, in lower case; empty: not at all. */
  static String of(Headers answer) {
    String coding = answer.first("Content-Encoding");
    String name = coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT);
    return name.equals("identity") ? "" : name;
  }

  /** Whether such a body can be read here. */
  static boolean isKnown(String coding) {
    return switch (coding) {
      case "", "gzip", "x-gzip", "deflate" -> true;
      default -> false;
    };
  }

  static byte[] decoded(byte[] body, Headers answer) {
    return decoded(body, of(answer));
  }

  /** Up to 8 MB; of a broken body what could be read, of an unknown coding nothing. */
  static byte[] decoded(byte[] body, String coding) {
    if (coding.isEmpty() || body.length == 0) {
      return body;
    }
    if (!isKnown(coding)) {
      return NOTHING;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * body.length);
    InputStream bytes = new ByteArrayInputStream(body);
    try (InputStream in =
        coding.equals("deflate") ? new InflaterInputStream(bytes) : new GZIPInputStream(bytes)) {
      byte[] part = new byte[8192];
      for (int n = in.read(part); n >= 0 && out.size() < MOST_DECODED; n = in.read(part)) {
        out.write(part, 0, n);
      }
    } catch (IOException broken) {
      // what was decoded counts
    }
    return out.toByteArray();
  }
}
