/**
 * The exchange as the engine sees it: profiles at work, readers of response headers, bodies and
 * exceptions, and where a key is placed in a request. Everything here is a function of its input
 * and a clock; nothing sends anything. What was read goes, as a {@link
 * dev.rotor.runtime.call.Verdict}, back to {@code dev.rotor.runtime.call}, which decides.
 */
@NullMarked
package dev.rotor.runtime.http;

import org.jspecify.annotations.NullMarked;
