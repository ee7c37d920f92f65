package dev.rotor.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to a provider, as data.
 *
 * @param key where the key goes
 * @param lane where a request names the lane; null: one lane for all
 * @param remaining the limits that response headers tell
 * @param rateWords lower-case words in a body or message that mean rate-limited
 * @param quotaCodes error codes (and words) that mean quota exceeded
 * @param authCodes error codes that make a 403 mean unauthorized
 * @param errorCodes JSON pointers at which a body names its error code
 * @param successPaths the paths whose successful answers may hold an error; empty: every path
 * @param waits JSON pointers at which a body tells how long to wait
 * @param requestId the response header with the provider's own id of the request
 * @param account the response headers that tell the account, together
 * @param clientRequestId the request header in which a caller gives an id of its own
 * @param boundIds which ids live in one account
 * @param estimate how to tell beforehand what a request will cost; null: it costs no tokens
 */
public record ProfileSettings(
    String name,
    List<HostPattern> hosts,
    @Nullable URI baseUrl,
    Placement key,
    @Nullable LaneSource lane,
    List<Remaining> remaining,
    Set<String> rateWords,
    Set<String> quotaCodes,
    Set<String> authCodes,
    List<String> errorCodes,
    List<String> successPaths,
    List<String> waits,
    Usage usage,
    @Nullable String requestId,
    List<String> account,
    @Nullable String clientRequestId,
    BoundIdPlaces boundIds,
    @Nullable Estimation estimate) {

  public ProfileSettings {
    hosts = List.copyOf(hosts);
    remaining = List.copyOf(remaining);
    rateWords = Set.copyOf(rateWords);
    quotaCodes = Set.copyOf(quotaCodes);
    authCodes = Set.copyOf(authCodes);
    account = List.copyOf(account);
    errorCodes = List.copyOf(errorCodes);
    successPaths = List.copyOf(successPaths);
    waits = List.copyOf(waits);
  }

  /**
   * Where the key goes: a header with a prefix, or a query parameter; exactly one is set.
   *
   * @param alternatives other headers in which clients carry this API's credential; they are
   *     removed
   */
  public record Placement(
      @Nullable String header, String prefix, @Nullable String query, List<String> alternatives) {
    public Placement {
      if ((header == null) == (query == null)) {
        throw new IllegalArgumentException("a key goes into a header or a query parameter");
      }
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * Where a request names its lane; at least one is set, and they are asked in this order.
   *
   * @param path the lane's name is a part of the path
   * @param paths lanes by the beginning of the path, in whole segments; the longest counts
   * @param header of the request
   * @param body a JSON pointer
   */
  public record LaneSource(
      @Nullable PathVariable path,
      Map<String, String> paths,
      @Nullable String header,
      @Nullable String body) {
    public LaneSource {
      paths = Map.copyOf(paths);
      if (path == null && paths.isEmpty() && header == null && body == null) {
        throw new IllegalArgumentException("a lane is named somewhere");
      }
    }

    public static LaneSource ofBody(String pointer) {
      return new LaneSource(null, Map.of(), null, pointer);
    }

    public static LaneSource ofHeader(String name) {
      return new LaneSource(null, Map.of(), name, null);
    }
  }

  /** What a limit counts. */
  public enum Counts {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS;

    /** As the name of a header says; requests where it says nothing. */
    static Counts in(String header) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.contains("input-tokens")) {
        return INPUT_TOKENS;
      } else if (name.contains("output-tokens")) {
        return OUTPUT_TOKENS;
      }
      return name.contains("tokens") ? TOKENS : REQUESTS;
    }
  }

  /**
   * The response headers that tell one limit.
   *
   * @param limit how many in all; null: untold
   * @param remaining how many are left
   * @param reset when all of them are back
   * @param even whether it fills up evenly until then, rather than at once
   */
  public record Remaining(
      @Nullable String limit, String remaining, String reset, Counts counts, boolean even) {

    /** What is left and when it comes back, all at once. */
    public Remaining(String remaining, String reset) {
      this(null, remaining, reset, Counts.in(remaining), false);
    }
  }

  /**
   * Where ids stand that live in one account only.
   *
   * @param body JSON pointers into a request's body
   * @param paths pieces of a request's path
   * @param madeBy how the paths end to which a POST makes such an id
   * @param madeAt JSON pointers at which its answer tells it
   */
  public record BoundIdPlaces(
      List<String> body, List<PathVariable> paths, List<String> madeBy, List<String> madeAt) {
    /** This provider has none. */
    public static final BoundIdPlaces NONE =
        new BoundIdPlaces(List.of(), List.of(), List.of(), List.of());

    public BoundIdPlaces {
      body = List.copyOf(body);
      paths = List.copyOf(paths);
      madeBy = List.copyOf(madeBy);
      madeAt = List.copyOf(madeAt);
    }
  }

  /**
   * What a request says, or its provider's answers typically come to, in tokens.
   *
   * @param maxOutput JSON pointers at which a request says the most that its answer may cost
   * @param typicalOutput what an answer costs where the request does not say
   */
  public record Estimation(List<String> maxOutput, int typicalOutput) {
    public Estimation {
      maxOutput = List.copyOf(maxOutput);
    }
  }

  /** JSON pointers at which a body tells the tokens used; the first that is there counts. */
  public record Usage(List<String> input, List<String> output, List<String> total) {
    public Usage {
      input = List.copyOf(input);
      output = List.copyOf(output);
      total = List.copyOf(total);
    }
  }
}
