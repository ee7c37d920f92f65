/**
 * One suite of scenarios, run against every HTTP stack and version in a JVM of its own: {@code
 * Stack} is a class path, {@code Column} a client on it, {@code Row} a scenario, {@code Trial} the
 * two together. What they came to is the table in {@code docs/http-clients.md}. What is particular
 * to one client is tested more deeply in {@code dev.rotor.it.http}.
 */
package dev.rotor.it.stacks;
