/**
 * What an attempt takes from before it runs and settles when it has ended: the limits of the file,
 * those that a provider's answers tell, and quotas; what it needs of them, and what it has cost.
 * {@code dev.rotor.runtime.key} puts them together for each key and lane.
 */
@NullMarked
package dev.rotor.runtime.allowance;

import org.jspecify.annotations.NullMarked;
