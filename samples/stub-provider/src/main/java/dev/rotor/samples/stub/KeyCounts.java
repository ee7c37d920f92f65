package dev.rotor.samples.stub;

/**
 * What the requests with one key came to.
 *
 * @param requests how many were received
 * @param ok how many were answered with 2xx
 * @param rateLimited how many were answered with 429
 * @param unauthorized how many were answered with 401
 * @param serverErrors how many were answered with 5xx
 */
public record KeyCounts(
    long requests, long ok, long rateLimited, long unauthorized, long serverErrors) {
  /** Nothing received. */
  public static final KeyCounts NONE = new KeyCounts(0, 0, 0, 0, 0);

  /** Requests with any other answer, with none yet, and those whose connection was reset. */
  public long other() {
    return requests - ok - rateLimited - unauthorized - serverErrors;
  }

  KeyCounts received() {
    return new KeyCounts(requests + 1, ok, rateLimited, unauthorized, serverErrors);
  }

  KeyCounts answered(int status) {
    return new KeyCounts(
        requests,
        ok + (status / 100 == 2 ? 1 : 0),
        rateLimited + (status == 429 ? 1 : 0),
        unauthorized + (status == 401 ? 1 : 0),
        serverErrors + (status / 100 == 5 ? 1 : 0));
  }

  String toJson() {
    return "{\"requests\": %d, \"ok\": %d, \"429\": %d, \"401\": %d, \"5xx\": %d, \"other\": %d}"
        .formatted(requests, ok, rateLimited, unauthorized, serverErrors, other());
  }
}
