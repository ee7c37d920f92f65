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
