package dev.rotor.samples.stub;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads requests off a connection (RFC 9112). */
final class RequestReader {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 64 * 1024 * 1024;

  private final Connection connection;
  private final InputStream in;

  RequestReader(Connection connection) {
    this.connection = connection;
    this.in = connection.in();
  }

  /** The next request, or null when the client has ended the connection. */
  @Nullable HttpRequest read() throws IOException {
    String line = readLine();
    while (line != null && line.isEmpty()) {
      line = readLine();
    }
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("not a request line");
    }
    Map<String, List<String>> headers = readHeaders();
    return new HttpRequest(parts[0], parts[1], headers, readBody(headers));
  }

  private Map<String, List<String>> readHeaders() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = requireLine(); !line.isEmpty(); line = requireLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("not a header line");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), unused -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    headers.replaceAll((unused, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(headers);
  }

  private byte[] readBody(Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("expect")) {
      connection.out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.out().flush();
    }
    if (headers.containsKey("transfer-encoding")) {
      return readChunks();
    }
    List<String> length = headers.get("content-length");
    return length == null ? new byte[0] : readExactly(Long.parseLong(length.get(0)));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      long length = Long.parseLong(requireLine().split(";", -1)[0].strip(), 16);
      if (length == 0) {
        break;
      }
      body.writeBytes(readExactly(length));
      requireLine();
      if (body.size() > LARGEST_BODY) {
        throw new IOException("body too large");
      }
    }
    while (!requireLine().isEmpty()) {
      // trailers are not looked at
    }
    return body.toByteArray();
  }

  private byte[] readExactly(long length) throws IOException {
    if (length < 0 || length > LARGEST_BODY) {
      throw new IOException("body too large");
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("the client left within a request");
    }
    return bytes;
  }

  private String requireLine() throws IOException {
    String line = readLine();
    if (line == null) {
      throw new EOFException("the client left within a request");
    }
    return line;
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("line too long");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
