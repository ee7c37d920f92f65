package dev.rotor.runtime.allowance;

/**
 * What an attempt has cost, as far as its answer tells.
 *
 * @param request whether the provider counts it as a request; false: it surely never left
 * @param input tokens; -1: untold, so the estimate stands
 * @param output likewise
 * @param total likewise
 */
public record Spent(boolean request, long input, long output, long total) {

  /** It was made, and says nothing of tokens. */
  public static final Spent UNTOLD = new Spent(true, -1, -1, -1);

  /** The provider refused it, which costs a request at most. */
  public static final Spent REFUSED = new Spent(true, 0, 0, 0);

  /** It surely never left. */
  public static final Spent NOTHING = new Spent(false, 0, 0, 0);

  /** Whether it says nothing but that there was a request. */
  public boolean isUntold() {
    return request && input < 0 && output < 0 && total < 0;
  }

  /** What it cost in all, by the estimate {@code need} where nobody told. */
  public long tokens(Need need) {
    return total >= 0 ? total : inputTokens(need) + outputTokens(need);
  }

  public long inputTokens(Need need) {
    return input >= 0 ? input : need.inputTokens();
  }

  public long outputTokens(Need need) {
    return output >= 0 ? output : need.outputTokens();
  }
}
