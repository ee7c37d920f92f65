/**
 * Time by hand, settings from a text, sites and bodies by script: what the tests of the engine
 * share.
 */
@NullMarked
package dev.rotor.runtime.testing;

import org.jspecify.annotations.NullMarked;
