package dev.rotor.it;

import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.harness.Scenarios;
import dev.rotor.it.harness.TestKey;

/** The configuration that the scenarios of {@code com.example.it} run under. */
final class PetConfig {

  /** Four keys in turn, which rest so briefly that no scenario disturbs the next. */
  static final String YAML =
      """
      defaults:
        cooldown: 1ms
        retry: {backoff: 1ms, max-backoff: 2ms, max: 3, budget: 100%}
      apis:
        pets:
          profile: generic-bearer
          base-url: https://pets.example/v1
          strategy: round-robin
          keys:
            - {name: alpha, secret: "${KEY_ALPHA}"}
            - {name: beta, secret: "${KEY_BETA}", base-url: https://beta.pets.example/v2}
            - {name: gamma, secret: "${KEY_GAMMA}"}
            - {name: delta, secret: "${KEY_DELTA}"}
        resting:
          profile: generic-bearer
          hosts: [resting.example]
          cooldown: 60s
          wait: {max: 120s}
          keys: [{name: omega, secret: "${KEY_OMEGA}"}]
        two-keys:
          profile: generic-bearer
          hosts: [two.example]
          cooldown: 1h
          keys:
            - {name: alpha, secret: "${KEY_ALPHA}"}
            - {name: beta, secret: "${KEY_BETA}"}
        shaky:
          profile: generic-bearer
          hosts: [shaky.example]
          keys: ["${KEY_ALPHA}", "${KEY_BETA}"]
      limits:
        shared: 2/1h
        by-user: {rate: 1/1h, by: "args[0].id"}
      caches:
        answers: {ttl: 1h, max-entries: 100}
      bind:
        - {method: "com.example.it.legacy.RateClient#fetch(.., String)", rotate: pets}
        - {method: "com.example..QuoteService#quote*(..)", rotate: pets}
        - {method: "com.example.it.legacy.RateClient#limited", limit: by-user}
        - {method: "com.example.it.legacy.RateClient#cached(String)", cache: answers}
        - {method: "com.example.it.legacy.RateClient#both", cache: answers, limit: 1/1h}
      """;

  private PetConfig() {}

  static ChildJvm child() {
    return Scenarios.child().config(YAML).keys(keys());
  }

  static TestKey[] keys() {
    return new TestKey[] {
      TestKey.of("alpha"),
      TestKey.of("beta"),
      TestKey.of("gamma"),
      TestKey.of("delta"),
      TestKey.of("omega")
    };
  }
}
