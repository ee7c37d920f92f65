package dev.rotor.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to a provider, as data.
 *
 * @param key where the key goes
 * @param lane where a request names the lane; null: one lane for all
 * @param remaining header names that tell how much is left, each with the header that tells when it
 *     comes back
 * @param rateWords lower-case words in a body or message that mean rate-limited
 * @param quotaCodes error codes (and words) that mean quota exceeded
 * @param authCodes error codes that make a 403 mean unauthorized
 * @param errorCodes JSON pointers at which a body names its error code
 * @param waits JSON pointers at which a body tells how long to wait
 * @param requestId the response header with the provider's own id of the request
 * @param account the response header that tells the account
 * @param clientRequestId the request header in which a caller gives an id of its own
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
    List<String> waits,
    Usage usage,
    @Nullable String requestId,
    @Nullable String account,
    @Nullable String clientRequestId) {

  public ProfileSettings {
    hosts = List.copyOf(hosts);
    remaining = List.copyOf(remaining);
    rateWords = Set.copyOf(rateWords);
    quotaCodes = Set.copyOf(quotaCodes);
    authCodes = Set.copyOf(authCodes);
    errorCodes = List.copyOf(errorCodes);
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
   * Where a request names its lane: a JSON pointer into the body, or a request header; exactly one
   * is set.
   */
  public record LaneSource(@Nullable String body, @Nullable String header) {
    public LaneSource {
      if ((body == null) == (header == null)) {
        throw new IllegalArgumentException("a lane is named in the body or in a header");
      }
    }
  }

  /** A pair of response headers: what is left, and when it comes back. */
  public record Remaining(String remaining, String reset) {}

  /** JSON pointers at which a body tells the tokens used; the first that is there counts. */
  public record Usage(List<String> input, List<String> output, List<String> total) {
    public Usage {
      input = List.copyOf(input);
      output = List.copyOf(output);
      total = List.copyOf(total);
    }
  }
}
