package dev.rotor.runtime.config;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a limit: {@code search: 50/1s}, or its settings by name. */
final class LimitReader {
  private LimitReader() {}

  static @Nullable LimitSettings read(String name, Setting setting) {
    if (setting.isText()) {
      Rate rate = setting.parse(Rate::parse);
      return rate == null
          ? null
          : new LimitSettings(
              name, rate, rate.permits(), Algorithm.TOKEN_BUCKET, null, Duration.ZERO);
    }
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    Rate rate = section.parse("rate", Rate::parse);
    if (!section.has("rate")) {
      section.mistake("has no `rate`; write one, such as `rate: 50/1s`");
    }
    int burst = section.count("burst", 0, 1);
    Setting algorithmSetting = section.get("algorithm");
    Algorithm algorithm =
        algorithmSetting == null
            ? Algorithm.TOKEN_BUCKET
            : algorithmSetting.oneOf(Algorithm.values());
    if (algorithm != null && algorithm != Algorithm.TOKEN_BUCKET) {
      section.mistakeAt("burst", "goes with `algorithm: token-bucket` only");
      burst = 0;
    }
    String by = section.parse("by", LimitReader::by);
    Duration wait = section.duration("wait", Duration.ZERO, true);
    section.done();
    return rate == null || algorithm == null
        ? null
        : new LimitSettings(name, rate, burst == 0 ? rate.permits() : burst, algorithm, by, wait);
  }

  /** {@code user}, {@code args[0]}, either with properties: {@code args[0].owner.id}. */
  private static String by(String text) {
    int at = 0;
    if (text.startsWith("args[")) {
      int close = text.indexOf(']');
      for (int i = 5; i < close; i++) {
        if (!Character.isDigit(text.charAt(i))) {
          close = -1;
        }
      }
      at = close > 5 && close < 9 ? close + 1 : -1;
      if (at == text.length()) {
        return text;
      }
      at = at > 0 && text.charAt(at) == '.' ? at + 1 : -1;
    }
    if (at < 0 || !MethodPattern.isQualifiedName(text.substring(at))) {
      throw new MalformedTextException(
          text, "names no value; write a parameter as `user` or `args[0]`, or `args[0].userId`");
    }
    return text;
  }
}
