package dev.rotor.samples.stub;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The windows of one account, or of one of its models. Thread-safe. */
final class Limits {
  /**
   * Whether a request was let through.
   *
   * @param exceeded which limit forbade it, {@code requests} or {@code tokens}; null: none
   * @param limit the size of that limit
   * @param delay how long until it may be let through
   */
  record Verdict(@Nullable String exceeded, long limit, Duration delay) {
    static final Verdict PASSED = new Verdict(null, 0, Duration.ZERO);
  }

  private final @Nullable Window requests;
  private final @Nullable Window tokens;

  Limits(@Nullable Rate requests, @Nullable Rate tokens, boolean sliding) {
    this.requests = requests == null ? null : new Window(requests, sliding);
    this.tokens = tokens == null ? null : new Window(tokens, sliding);
  }

  /** Takes one request and its tokens from both windows, or nothing from either. */
  synchronized Verdict take(long tokenCount, Instant now) {
    if (requests != null && !requests.until(1, now).isZero()) {
      return new Verdict("requests", requests.limit(), requests.until(1, now));
    }
    if (tokens != null && !tokens.until(tokenCount, now).isZero()) {
      return new Verdict("tokens", tokens.limit(), tokens.until(tokenCount, now));
    }
    if (requests != null) {
      requests.take(1, now);
    }
    if (tokens != null) {
      tokens.take(tokenCount, now);
    }
    return Verdict.PASSED;
  }

  /** Adds the {@code x-ratelimit-*} headers that tell where the windows stand. */
  synchronized void describe(Map<String, String> headers, Instant now) {
    if (requests != null) {
      describe(headers, "requests", requests, now);
    }
    if (tokens != null) {
      describe(headers, "tokens", tokens, now);
    }
  }

  private static void describe(
      Map<String, String> headers, String what, Window window, Instant now) {
    headers.put("x-ratelimit-limit-" + what, Long.toString(window.limit()));
    headers.put("x-ratelimit-remaining-" + what, Long.toString(window.remaining(now)));
    headers.put("x-ratelimit-reset-" + what, spelled(window.until(window.limit(), now)));
  }

  /** A duration as OpenAI spells it: {@code 12ms}, {@code 1s}, {@code 6m0s}, {@code 1h2m3.5s}. */
  static String spelled(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    text.append(duration.toSecondsPart());
    if (duration.toMillisPart() > 0) {
      text.append('.').append("%03d".formatted(duration.toMillisPart()).replaceAll("0+$", ""));
    }
    return text.append('s').toString();
  }
}
