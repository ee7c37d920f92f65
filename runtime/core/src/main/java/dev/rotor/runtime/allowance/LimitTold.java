package dev.rotor.runtime.allowance;

/**
 * One limit of the provider's as an answer tells it.
 *
 * @param name tells it from others of the same lane; of the header that it stood in
 * @param kind what it counts
 * @param limit how many in all; -1: untold
 * @param remaining how many are left; -1: untold
 * @param resetNanos until it is full again, from the answer on; 0: in the past; -1: untold
 * @param even whether it fills up evenly until then, rather than at once
 */
public record LimitTold(
    String name, Kind kind, long limit, long remaining, long resetNanos, boolean even) {

  /** What a limit counts. */
  public enum Kind {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS;

    /** How much of it an attempt needs. */
    public long of(Need need) {
      return switch (this) {
        case REQUESTS -> 1;
        case TOKENS -> need.tokens();
        case INPUT_TOKENS -> need.inputTokens();
        case OUTPUT_TOKENS -> need.outputTokens();
      };
    }

    /** How much of it an attempt has cost. */
    public long of(Spent spent, Need need) {
      return switch (this) {
        case REQUESTS -> spent.request() ? 1 : 0;
        case TOKENS -> spent.tokens(need);
        case INPUT_TOKENS -> spent.inputTokens(need);
        case OUTPUT_TOKENS -> spent.outputTokens(need);
      };
    }
  }
}
