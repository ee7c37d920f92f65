package dev.rotor.samples.stub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few members of a request that an answer depends on, looked up wherever they stand. A quoted
 * member name inside of a JSON string has a backslash before its last quote, so a prompt cannot be
 * taken for a member.
 */
record RequestFields(
    String model, boolean stream, boolean includeUsage, boolean base64, String lastText) {
  private static final String STRING = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
  private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*" + STRING);
  private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");
  private static final Pattern INCLUDE_USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");
  private static final Pattern BASE64 = Pattern.compile("\"encoding_format\"\\s*:\\s*\"base64\"");
  private static final Pattern TEXT =
      Pattern.compile("\"(?:content|text|input|prompt)\"\\s*:\\s*(?:\\[\\s*)?" + STRING);

  static RequestFields of(String json) {
    Matcher model = MODEL.matcher(json);
    Matcher text = TEXT.matcher(json);
    String lastText = "";
    while (text.find()) {
      lastText = text.group(1);
    }
    return new RequestFields(
        model.find() ? model.group(1) : "gpt-4o-mini",
        STREAM.matcher(json).find(),
        INCLUDE_USAGE.matcher(json).find(),
        BASE64.matcher(json).find(),
        lastText);
  }

  /** The usual estimate of four characters a token. */
  static int tokens(String text) {
    return Math.max(1, text.length() / 4);
  }
}
