/**
 * Runs an application in a child JVM under the packaged agent: {@link
 * dev.rotor.it.harness.ChildJvm} says what to run, {@link dev.rotor.it.harness.RunningJvm} is it at
 * work, {@link dev.rotor.it.harness.Outcome} what it came to. {@link
 * dev.rotor.it.harness.Scenarios} runs many scenarios in one child. What runs there lives in {@code
 * com.example.it}.
 */
package dev.rotor.it.harness;
