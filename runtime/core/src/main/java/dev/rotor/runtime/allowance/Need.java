package dev.rotor.runtime.allowance;

import dev.rotor.runtime.config.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt asks of a key before it runs: one request, and so many tokens by estimate.
 *
 * @param lane the lane that the provider counts it in; empty: the only one
 * @param inputTokens the tokens that it sends, 0 where nobody counts them
 * @param outputTokens the tokens that its answer may cost at most, as far as known
 * @param key the only key that will do; null: any
 * @param tier the keys that will do; null: those that are kept for none
 * @param shared what calls that are to keep one key have in common, a conversation; null: nothing
 */
public record Need(
    String lane,
    long inputTokens,
    long outputTokens,
    Urgency urgency,
    @Nullable String key,
    @Nullable String tier,
    @Nullable String shared) {

  /** One request of middling urgency, by any key, in the only lane. */
  public static final Need ONE = of("");

  /**
   * The same, with what a call around it says wherever this one says nothing.
   *
   * @param around of the method that makes this request
   */
  public Need over(Need around) {
    if (around.saysNothing()) {
      return this;
    }
    return new Need(
        lane,
        inputTokens,
        outputTokens,
        urgency == Urgency.MEDIUM ? around.urgency : urgency,
        key == null && tier == null ? around.key : key,
        key == null && tier == null ? around.tier : tier,
        shared == null ? around.shared : shared);
  }

  private boolean saysNothing() {
    return urgency == Urgency.MEDIUM && key == null && tier == null && shared == null;
  }

  /** One request in a lane. */
  public static Need of(String lane) {
    return new Need(lane, 0, 0, Urgency.MEDIUM, null, null, null);
  }

  /** The tokens that it may cost in all. */
  public long tokens() {
    return inputTokens + outputTokens;
  }

  public Need inLane(String other) {
    return other.equals(lane)
        ? this
        : new Need(other, inputTokens, outputTokens, urgency, key, tier, shared);
  }

  public Need withTokens(long input, long output) {
    return input == inputTokens && output == outputTokens
        ? this
        : new Need(lane, input, output, urgency, key, tier, shared);
  }

  /** For this key alone. */
  public Need by(@Nullable String name) {
    return new Need(lane, inputTokens, outputTokens, urgency, name, tier, shared);
  }

  public Need sharing(@Nullable String what) {
    return new Need(lane, inputTokens, outputTokens, urgency, key, tier, what);
  }
}
