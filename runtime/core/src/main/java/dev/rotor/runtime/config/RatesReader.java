package dev.rotor.runtime.config;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits} of a key or an API: what a provider allows per time. */
final class RatesReader {
  private RatesReader() {}

  /**
   * Reads what the section says of rates; the caller reads what else may stand there, and tells
   * what nobody has asked for.
   */
  static Rates read(@Nullable Section limits, int replicas) {
    return limits == null ? Rates.NONE : read(limits, Algorithm.SLIDING_WINDOW, replicas, true);
  }

  private static Rates read(Section limits, Algorithm otherwise, int replicas, boolean outermost) {
    Rate requests = rate(limits, "requests", replicas);
    Rate tokens = rate(limits, "tokens", replicas);
    Rate inputTokens = rate(limits, "input-tokens", replicas);
    Rate outputTokens = rate(limits, "output-tokens", replicas);
    Setting setting = limits.get("algorithm");
    Algorithm said = setting == null ? null : setting.oneOf(Algorithm.values());
    Algorithm algorithm = said == null ? otherwise : said;
    int together = limits.count("burst", 0, 1);
    // 0 would be as many as the rate
    int burst = together == 0 ? 0 : Math.max(1, together / replicas);
    if (algorithm != Algorithm.TOKEN_BUCKET) {
      limits.mistakeAt("burst", "goes with `algorithm: token-bucket` only");
    }
    Map<String, Rates> lanes = new LinkedHashMap<>();
    Section special = outermost ? PolicyReader.subsection(limits, "lanes") : null;
    if (special != null) {
      special
          .named()
          .forEach(
              (pattern, it) -> {
                Section lane = it.section();
                if (lane != null) {
                  lanes.put(pattern, read(lane, algorithm, replicas, false));
                  lane.done();
                }
              });
    }
    return new Rates(requests, tokens, inputTokens, outputTokens, algorithm, burst, lanes);
  }

  private static @Nullable Rate rate(Section limits, String name, int replicas) {
    Rate rate = limits.parse(name, Rate::parse);
    return rate == null ? null : rate.dividedBy(replicas);
  }
}
