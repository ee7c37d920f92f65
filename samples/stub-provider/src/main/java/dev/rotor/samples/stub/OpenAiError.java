package dev.rotor.samples.stub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bodies and headers of OpenAI's refusals. */
final class OpenAiError {
  private OpenAiError() {}

  static Answer unauthorized(@Nullable String secret) {
    if (secret == null || secret.isEmpty()) {
      return error(401, "You didn't provide an API key.", "invalid_request_error", null);
    }
    return error(
        401,
        "Incorrect API key provided: " + Json.escape(Mask.of(secret)) + ".",
        "invalid_request_error",
        "invalid_api_key");
  }

  static Answer rateLimited(Limits.Verdict verdict, String model, String organization) {
    long millis = Math.max(1, verdict.delay().toMillis());
    String message =
        "Rate limit reached for %s in organization %s on %s per min: Limit %d. Please try again in %s."
            .formatted(
                model,
                Json.escape(organization),
                verdict.exceeded(),
                verdict.limit(),
                Limits.spelled(Duration.ofMillis(millis)));
    return error(429, message, String.valueOf(verdict.exceeded()), "rate_limit_exceeded")
        .with("retry-after", Long.toString((millis + 999) / 1000))
        .with("retry-after-ms", Long.toString(millis));
  }

  static Answer quotaExceeded() {
    return error(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota");
  }

  static Answer failed(int status) {
    return error(
        status, "The server had an error while processing your request.", "server_error", null);
  }

  static Answer unknownUrl(String method, String path) {
    return error(
        404,
        "Invalid URL (%s %s)".formatted(method, Json.escape(path)),
        "invalid_request_error",
        null);
  }

  private static Answer error(int status, String message, String type, @Nullable String code) {
    return Answer.json(
        status,
        """
        {
            "error": {
                "message": "%s",
                "type": "%s",
                "param": null,
                "code": %s
            }
        }
        """
            .formatted(message, type, code == null ? "null" : "\"" + code + "\""));
  }
}
