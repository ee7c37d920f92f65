package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings;
import dev.rotor.runtime.config.ProfileSettings.BoundIdPlaces;
import dev.rotor.runtime.config.ProfileSettings.LaneSource;
import dev.rotor.runtime.config.ProfileSettings.Placement;
import dev.rotor.runtime.config.ProfileSettings.Remaining;
import dev.rotor.runtime.config.ProfileSettings.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Profiles as the tests need them, a fixed clock, and headers from pairs. */
final class Providers {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  static final Profile OPENAI =
      profile(
          "openai",
          bearer(),
          LaneSource.ofBody("/model"),
          List.of(
              new Remaining("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
              new Remaining("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens")),
          Set.of("rate limit", "rate_limit"),
          Set.of("insufficient_quota", "billing_hard_limit_reached"),
          Set.of("account_deactivated"),
          List.of("/error/code", "/error/type"),
          List.of(),
          new Usage(
              List.of("/usage/prompt_tokens", "/usage/input_tokens"),
              List.of("/usage/completion_tokens", "/usage/output_tokens"),
              List.of("/usage/total_tokens")));

  static final Profile ANTHROPIC =
      profile(
          "anthropic",
          new Placement("x-api-key", "", null, List.of("Authorization")),
          LaneSource.ofBody("/model"),
          List.of(
              new Remaining(
                  "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
              new Remaining(
                  "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset")),
          Set.of("rate_limit_error"),
          Set.of("credit balance is too low"),
          Set.of(),
          List.of("/error/type", "/error/message"),
          List.of(),
          new Usage(List.of("/usage/input_tokens"), List.of("/usage/output_tokens"), List.of()));

  static final Profile GITHUB =
      profile(
          "github",
          bearer(),
          LaneSource.ofHeader("x-ratelimit-resource"),
          List.of(new Remaining("x-ratelimit-remaining", "x-ratelimit-reset")),
          Set.of("rate limit"),
          Set.of(),
          Set.of(),
          List.of("/message", "/errors/*/type"),
          List.of(),
          noUsage());

  static final Profile GEMINI =
      profile(
          "gemini",
          new Placement("x-goog-api-key", "", null, List.of("?key")),
          null,
          List.of(),
          Set.of("RESOURCE_EXHAUSTED"),
          Set.of("PerDay"),
          Set.of("API_KEY_INVALID"),
          List.of(
              "/error/status", "/error/details/*/reason", "/error/details/*/violations/*/quotaId"),
          List.of("/error/details/*/retryDelay"),
          new Usage(
              List.of("/usageMetadata/promptTokenCount"),
              List.of("/usageMetadata/candidatesTokenCount"),
              List.of("/usageMetadata/totalTokenCount")));

  static final Profile OPENROUTER =
      profile(
          "openrouter",
          bearer(),
          null,
          List.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          List.of(),
          List.of("/error/metadata/headers/X-RateLimit-Reset"),
          noUsage());

  static final Profile MAPS =
      profile(
          "google-maps",
          new Placement(null, "", "key", List.of()),
          null,
          List.of(),
          Set.of("OVER_QUERY_LIMIT"),
          Set.of("OVER_DAILY_LIMIT"),
          Set.of("REQUEST_DENIED"),
          List.of("/status"),
          List.of(),
          noUsage());

  static final Profile PLAIN =
      profile(
          "generic-header",
          bearer(),
          null,
          List.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          List.of(),
          List.of(),
          noUsage());

  private Providers() {}

  static Placement bearer() {
    return new Placement("Authorization", "Bearer ", null, List.of());
  }

  static Usage noUsage() {
    return new Usage(List.of(), List.of(), List.of());
  }

  static Profile profile(
      String name,
      Placement key,
      @Nullable LaneSource lane,
      List<Remaining> remaining,
      Set<String> rateWords,
      Set<String> quotaCodes,
      Set<String> authCodes,
      List<String> errorCodes,
      List<String> waits,
      Usage usage) {
    return Profile.of(
        new ProfileSettings(
            name,
            List.of(),
            null,
            key,
            lane,
            remaining,
            rateWords,
            quotaCodes,
            authCodes,
            errorCodes,
            List.of(),
            waits,
            usage,
            "x-request-id",
            List.of("openai-organization"),
            null,
            BoundIdPlaces.NONE,
            null),
        CLOCK);
  }

  /** Names and values in turn. */
  static Headers headers(String... pairs) {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < pairs.length; i += 2) {
      map.computeIfAbsent(pairs[i], name -> new ArrayList<>()).add(pairs[i + 1]);
    }
    return Headers.of(name -> map.getOrDefault(name, List.of()));
  }

  static byte[] body(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
