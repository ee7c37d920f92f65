/**
 * Keys and what the engine knows of them: each key's lanes with their cool-down, breaker and
 * concurrency, the accounts that keys share, the lineups in which strategies choose among the
 * usable ones, and the lines of calls that wait for one. {@code dev.rotor.runtime.call} picks a
 * lane here for each attempt and gives it back with an outcome; what the lane takes from meanwhile
 * is in {@code dev.rotor.runtime.allowance}.
 */
@NullMarked
package dev.rotor.runtime.key;

import org.jspecify.annotations.NullMarked;
