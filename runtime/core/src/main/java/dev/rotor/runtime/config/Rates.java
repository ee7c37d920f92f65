package dev.rotor.runtime.config;

import dev.rotor.runtime.config.LimitSettings.Algorithm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider allows per time: of a key and each of its lanes, or of all keys of an API
 * together. What is null is not limited.
 *
 * @param inputTokens where a provider counts what is sent apart from what is answered
 * @param burst how many requests may come at once, of a token bucket; 0: as many as the rate
 * @param lanes for lanes whose names match a pattern, such as {@code gpt-4o*}, in the order of the
 *     file; they say all that holds for such a lane
 */
public record Rates(
    @Nullable Rate requests,
    @Nullable Rate tokens,
    @Nullable Rate inputTokens,
    @Nullable Rate outputTokens,
    Algorithm algorithm,
    long burst,
    Map<String, Rates> lanes) {

  /** Nothing is limited. */
  public static final Rates NONE =
      new Rates(null, null, null, null, Algorithm.SLIDING_WINDOW, 0, Map.of());

  public Rates {
    lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
  }

  // By hand: the methods that a record gets cost 10 ms when the first of them is linked, and the
  // start asks this.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rates that
        && Objects.equals(requests, that.requests)
        && Objects.equals(tokens, that.tokens)
        && Objects.equals(inputTokens, that.inputTokens)
        && Objects.equals(outputTokens, that.outputTokens)
        && algorithm == that.algorithm
        && burst == that.burst
        && lanes.equals(that.lanes);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(requests) * 31 + lanes.hashCode();
  }

  /** What holds for a lane of this name. */
  public Rates of(String lane) {
    if (lane.isEmpty()) {
      return this;
    }
    for (Map.Entry<String, Rates> special : lanes.entrySet()) {
      if (NamePattern.matches(special.getKey(), lane)) {
        return special.getValue();
      }
    }
    return this;
  }

  /** Whether no lane is limited by anything. */
  public boolean isEmpty() {
    return requests == null
        && tokens == null
        && inputTokens == null
        && outputTokens == null
        && lanes.values().stream().allMatch(Rates::isEmpty);
  }

  /** Whether tokens count for some lane. */
  public boolean countsTokens() {
    return tokens != null
        || inputTokens != null
        || outputTokens != null
        || lanes.values().stream().anyMatch(Rates::countsTokens);
  }
}
