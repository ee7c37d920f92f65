package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings.Counts;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What response headers tell about waiting, in nanoseconds; {@link WaitText#UNKNOWN} when they tell
 * nothing that can be believed. Safe for use by many threads.
 */
final class WaitReader {
  /** What many providers share; {@code RateLimit} is the IETF field, both halves in one. */
  static final List<Remaining> COMMON =
      List.of(
          common("ratelimit-policy", "ratelimit", "ratelimit"),
          common("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"),
          common("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"));

  private final List<Remaining> profile;
  private final List<Remaining> learned;
  private final List<Remaining> all;
  private final InstantSource clock;

  WaitReader(List<Remaining> profile, InstantSource clock) {
    this.profile = profile;
    this.learned = profile.isEmpty() ? COMMON : profile;
    this.all = merged(profile);
    this.clock = clock;
  }

  private static Remaining common(String limit, String remaining, String reset) {
    return new Remaining(limit, remaining, reset, Counts.REQUESTS, false);
  }

  private static List<Remaining> merged(List<Remaining> profile) {
    List<Remaining> all = new ArrayList<>(profile);
    for (Remaining common : COMMON) {
      if (profile.stream().noneMatch(known -> known.reset().equalsIgnoreCase(common.reset()))) {
        all.add(common);
      }
    }
    return List.copyOf(all);
  }

  long nowMillis() {
    return clock.millis();
  }

  /**
   * {@code retry-after-ms} (Azure, OpenAI), else {@code Retry-After} (RFC 9110, section 10.2.3).
   */
  long retryAfter(Headers headers) {
    String millis = headers.first("retry-after-ms");
    if (millis != null) {
      long wait = WaitText.parseMillis(millis);
      if (wait != WaitText.UNKNOWN) {
        return wait;
      }
    }
    String value = headers.first("retry-after");
    return value == null ? WaitText.UNKNOWN : WaitText.parse(value, clock.millis());
  }

  /** Tells what cannot be understood of the headers that {@link #retryAfter} looks at. */
  void oddities(Headers headers, Consumer<Oddity> odd) {
    Oddity.ofRepeated(headers, "retry-after-ms", odd);
    Oddity.ofRepeated(headers, "retry-after", odd);
    String millis = headers.first("retry-after-ms");
    Oddity.@Nullable Way way = millis == null ? null : WaitText.oddityOfMillis(millis);
    if (way != null) {
      odd.accept(Oddity.ofHeader("retry-after-ms", way));
    }
    String value = headers.first("retry-after");
    way = value == null ? null : WaitText.oddity(value, clock.millis());
    if (way != null) {
      odd.accept(Oddity.ofHeader("retry-after", way));
    }
  }

  /**
   * Of a refused answer: the longest reset among the limits that have nothing left or do not say
   * what is left. A limit with something left is not the one that refused.
   */
  long resetOfRefused(Headers headers) {
    long longest = WaitText.UNKNOWN;
    for (Remaining limit : all) {
      String left = headers.first(limit.remaining());
      longest =
          Math.max(longest, left == null ? reset(headers, limit) : reset(headers, limit, left));
    }
    return longest;
  }

  /** Of a successful answer: the longest reset among the limits that have nothing left. */
  long resetOfExhausted(Headers headers) {
    long longest = WaitText.UNKNOWN;
    for (int i = 0; i < learned.size(); i++) {
      Remaining limit = learned.get(i);
      String left = headers.first(limit.remaining());
      if (left != null) {
        longest = Math.max(longest, reset(headers, limit, left));
      }
    }
    return longest;
  }

  /** Whether one of the limits that the profile itself names has nothing left. */
  boolean usedUp(Headers headers) {
    for (Remaining limit : profile) {
      String left = headers.first(limit.remaining());
      if (left != null
          && (RateLimitField.isOne(left) ? RateLimitField.usedUp(left) : isZero(left))) {
        return true;
      }
    }
    return false;
  }

  private long reset(Headers headers, Remaining limit, String left) {
    if (RateLimitField.isOne(left)) {
      return RateLimitField.waitNanos(left);
    }
    return isZero(left) ? reset(headers, limit) : WaitText.UNKNOWN;
  }

  private long reset(Headers headers, Remaining limit) {
    @Nullable String value = headers.first(limit.reset());
    return value == null ? WaitText.UNKNOWN : WaitText.parse(value, clock.millis());
  }

  /** {@code 0}, {@code 0.0}; of a list the first value. Most answers say otherwise at once. */
  private static boolean isZero(String value) {
    boolean digit = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '0') {
        digit = true;
      } else if (c == ',') {
        break;
      } else if (c != '.' && c != ' ') {
        return false;
      }
    }
    return digit;
  }
}
