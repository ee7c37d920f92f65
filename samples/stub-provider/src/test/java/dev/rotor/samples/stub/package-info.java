/** Tries the stub provider over real HTTP. */
@NullMarked
package dev.rotor.samples.stub;

import org.jspecify.annotations.NullMarked;
