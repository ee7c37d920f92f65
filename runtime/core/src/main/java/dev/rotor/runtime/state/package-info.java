/**
 * Where counters live that outlast a call: in memory, or in a file of their own. {@link
 * dev.rotor.runtime.state.Ledger} keeps a {@link dev.rotor.runtime.state.Page} for each quota; what
 * may be taken from a page was written down before, so that neither a restart nor a killed process
 * forgets use. Knows nothing of calls; {@code dev.rotor.runtime.allowance} makes quotas of its
 * pages.
 */
@NullMarked
package dev.rotor.runtime.state;

import org.jspecify.annotations.NullMarked;
