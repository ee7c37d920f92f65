/**
 * Time as the engine sees it: a clock, a way to wait, and a timer. Everything that depends on time
 * takes these as constructor arguments, so that tests run a policy without sleeping. The base of
 * all other packages; policies in {@code dev.rotor.runtime.policy} go next.
 */
@NullMarked
package dev.rotor.runtime.time;

import org.jspecify.annotations.NullMarked;
