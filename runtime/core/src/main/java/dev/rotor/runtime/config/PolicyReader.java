package dev.rotor.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API's policies, from {@code defaults:} and from the API itself; what a section does not
 * say, down to a single setting of {@code retry}, is as in the policies it is read over.
 */
final class PolicyReader {
  private PolicyReader() {}

  static Policies read(Section section, Policies base) {
    section.notYet("timeout");
    return new Policies(
        mode(section, base.mode()),
        StrategyReader.read(section, base.strategy()),
        replaces(section, base.replaces()),
        section.duration("cooldown", base.cooldown(), false),
        rotateMax(section, base.rotateMax()),
        retry(section, base.retry()),
        waiting(section, base.waiting()),
        deadline(section, base.deadline()),
        breaker(section, base.breaker()),
        section.flag("intercept", base.intercept()),
        idempotencyHeader(section, base.idempotencyHeader()));
  }

  /** Also takes {@code true} for {@code on}: YAML 1.1 tools write it so. */
  static @Nullable Mode mode(Section section, @Nullable Mode otherwise) {
    Setting setting = section.get("mode");
    if (setting == null) {
      return otherwise;
    }
    Boolean switched = setting.switched();
    if (switched != null) {
      return switched ? Mode.ON : Mode.OFF;
    }
    Mode mode = setting.oneOf(Mode.values(), "shadow");
    return mode == null ? otherwise : mode;
  }

  private static Replaces replaces(Section section, Replaces otherwise) {
    Setting setting = section.get("replaces");
    Replaces replaces = setting == null ? null : setting.oneOf(Replaces.values());
    return replaces == null ? otherwise : replaces;
  }

  private static int rotateMax(Section section, int otherwise) {
    Section rotate = subsection(section, "rotate");
    if (rotate == null) {
      return otherwise;
    }
    int max = rotate.count("max", otherwise, 0);
    rotate.done();
    return max;
  }

  private static RetrySettings retry(Section section, RetrySettings base) {
    Setting setting = section.get("retry");
    if (setting == null) {
      return base;
    }
    if (Boolean.FALSE.equals(setting.switched())) {
      return new RetrySettings(
          0, base.backoff(), base.factor(), base.maxBackoff(), base.budget(), base.idempotent());
    }
    Section retry = setting.section();
    if (retry == null) {
      return base;
    }
    int max = retry.count("max", base.max(), 0);
    Duration backoff = retry.duration("backoff", base.backoff(), false);
    Setting factorSetting = retry.get("factor");
    Double factor = factorSetting == null ? null : factorSetting.decimal(1);
    Duration maxBackoff = retry.duration("max-backoff", base.maxBackoff(), false);
    if (backoff.compareTo(maxBackoff) > 0) {
      retry.mistakeAt(
          "max-backoff", "must not be less than `backoff` (" + Durations.format(backoff) + ")");
      maxBackoff = backoff;
    }
    double budget = retry.share("budget", base.budget());
    boolean idempotent = retry.flag("idempotent", base.idempotent());
    retry.done();
    return new RetrySettings(
        max, backoff, factor == null ? base.factor() : factor, maxBackoff, budget, idempotent);
  }

  /** {@code wait: 2s} is short for {@code wait: {max: 2s}}. */
  private static WaitSettings waiting(Section section, WaitSettings base) {
    Setting setting = section.get("wait");
    if (setting == null) {
      return base;
    }
    if (setting.isText()) {
      Duration max = setting.duration(true);
      return max == null ? base : new WaitSettings(max, base.callers());
    }
    Section wait = setting.section();
    if (wait == null) {
      return base;
    }
    Duration max = wait.duration("max", base.max(), true);
    int callers = wait.count("callers", base.callers(), 0);
    wait.done();
    return new WaitSettings(max, callers);
  }

  private static @Nullable Duration deadline(Section section, @Nullable Duration otherwise) {
    Setting setting = section.get("deadline");
    if (setting == null) {
      return otherwise;
    }
    return Boolean.FALSE.equals(setting.switched()) ? null : setting.duration(false);
  }

  private static @Nullable BreakerSettings breaker(
      Section section, @Nullable BreakerSettings otherwise) {
    Setting setting = section.get("circuit-breaker");
    if (setting == null) {
      return otherwise;
    }
    BreakerSettings base = otherwise == null ? BreakerSettings.DEFAULT : otherwise;
    Boolean switched = setting.switched();
    if (switched != null) {
      return switched ? base : null;
    }
    Section breaker = setting.section();
    if (breaker == null) {
      return otherwise;
    }
    double rate = breaker.share("failure-rate", base.failureRate());
    if (rate == 0) {
      breaker.mistakeAt("failure-rate", "must be above zero; to have none: `circuit-breaker: off`");
      rate = base.failureRate();
    }
    int window = breaker.count("window", base.window(), 1);
    Duration open = breaker.duration("open", base.open(), false);
    int halfOpen = breaker.count("half-open", base.halfOpen(), 1);
    breaker.done();
    return new BreakerSettings(rate, window, open, halfOpen);
  }

  private static @Nullable String idempotencyHeader(Section section, @Nullable String otherwise) {
    String header = section.parse("idempotency-header", HttpText::header);
    return header == null ? otherwise : header;
  }

  static @Nullable Section subsection(Section section, String name) {
    Setting setting = section.get(name);
    return setting == null ? null : setting.section();
  }
}
