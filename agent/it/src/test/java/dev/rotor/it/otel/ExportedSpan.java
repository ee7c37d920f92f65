package dev.rotor.it.otel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A span as the OpenTelemetry agent's exporter {@code logging-otlp} printed it.
 *
 * @param text all that was printed of it
 * @param parent the span above it; empty: none
 * @param resends {@code http.request.resend_count}; 0: not said
 */
record ExportedSpan(
    String text,
    String trace,
    String id,
    String parent,
    String name,
    String url,
    int status,
    int resends) {

  private static final String BEGIN = "{\"traceId\":\"";

  /** All that stand in an output. */
  static List<ExportedSpan> in(String output) {
    List<ExportedSpan> spans = new ArrayList<>();
    for (String line : output.lines().filter(it -> it.contains(BEGIN)).toList()) {
      Stream.of(line.split(Pattern.quote(BEGIN), -1))
          .skip(1)
          .map(ExportedSpan::of)
          .forEach(spans::add);
    }
    return spans;
  }

  private static ExportedSpan of(String text) {
    return new ExportedSpan(
        text,
        text.substring(0, text.indexOf('"')),
        find(text, "\"spanId\":\"(\\w+)\"", ""),
        find(text, "\"parentSpanId\":\"(\\w+)\"", ""),
        find(text, "\"name\":\"([^\"]+)\"", ""),
        find(text, attribute("url.full", "stringValue", "([^\"]+)"), ""),
        Integer.parseInt(
            find(text, attribute("http.response.status_code", "intValue", "(\\d+)"), "0")),
        Integer.parseInt(
            find(text, attribute("http.request.resend_count", "intValue", "(\\d+)"), "0")));
  }

  /** Whether its request went to this path, whatever the query. */
  boolean isTo(String path) {
    return url.replaceAll("\\?.*", "").endsWith(path);
  }

  private static String attribute(String name, String type, String value) {
    return Pattern.quote("\"key\":\"" + name + "\",\"value\":{\"" + type + "\":\"") + value + "\"";
  }

  private static String find(String text, String pattern, String otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  /** What an attempt by this span carries to the provider. */
  String traceparent() {
    return "00-" + trace + "-" + id + "-01";
  }

  @Override
  public String toString() {
    return name + " " + url + " " + status + " " + traceparent() + " below " + parent;
  }
}
