/**
 * The policies of a call, one place each: back-off and its budget, limits, caches. Each is a small
 * object made once from its settings; none knows of calls or keys. {@code
 * dev.rotor.runtime.allowance} and {@code dev.rotor.runtime.call} use them.
 */
@NullMarked
package dev.rotor.runtime.policy;

import org.jspecify.annotations.NullMarked;
