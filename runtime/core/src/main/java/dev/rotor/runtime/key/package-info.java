/**
 * Keys and what the engine knows of them: each key's lanes with their cool-down, breaker and
 * concurrency, the accounts that keys share, and the strategies that choose among the usable ones.
 * {@code dev.rotor.runtime.call} picks a lane here for each attempt and gives it back with an
 * outcome.
 */
@NullMarked
package dev.rotor.runtime.key;

import org.jspecify.annotations.NullMarked;
