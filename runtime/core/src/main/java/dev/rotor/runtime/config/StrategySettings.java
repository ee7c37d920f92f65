package dev.rotor.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an API's keys are chosen.
 *
 * @param ownClass a user's own strategy, from the extensions, which is asked instead of {@code
 *     kind}; null: none
 * @param region where this process runs, for {@code nearest}
 * @param regions the order in which regions are preferred, by what the own region begins with
 */
public record StrategySettings(
    StrategyKind kind,
    @Nullable String ownClass,
    @Nullable String region,
    Map<String, List<String>> regions) {

  /** From near to far, where the file says nothing else. */
  public static final Map<String, List<String>> REGIONS = usual();

  /** Each in turn. */
  public static final StrategySettings DEFAULT =
      new StrategySettings(StrategyKind.ROUND_ROBIN, null, null, REGIONS);

  public StrategySettings {
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
  }

  private static Map<String, List<String>> usual() {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    regions.put("us-east", List.of("us-east-1", "us-east-2", "us-west-1", "eu-west-1"));
    regions.put("us-west", List.of("us-west-1", "us-west-2", "us-east-1", "eu-west-1"));
    regions.put("eu-west", List.of("eu-west-1", "eu-central-1", "us-east-1", "us-west-1"));
    regions.put(
        "ap-southeast", List.of("ap-southeast-1", "ap-northeast-1", "us-west-1", "eu-west-1"));
    return regions;
  }

  /**
   * How far a key's region is: 0 for the own one, then its place in the order of preference, then
   * all the others, and last keys that name none.
   */
  public int distance(@Nullable String of) {
    if (of == null) {
      return Integer.MAX_VALUE;
    }
    if (of.equals(region)) {
      return 0;
    }
    int place = order().indexOf(of);
    return place < 0 ? Integer.MAX_VALUE - 1 : place + 1;
  }

  /** The order of the longest name that the own region begins with. */
  private List<String> order() {
    String best = null;
    for (String name : regions.keySet()) {
      boolean fits = region != null && region.startsWith(name);
      if (fits && (best == null || name.length() > best.length())) {
        best = name;
      }
    }
    return best == null ? List.of() : regions.getOrDefault(best, List.of());
  }
}
