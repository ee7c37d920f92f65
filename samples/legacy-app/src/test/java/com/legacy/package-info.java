/** Runs the application against a stub provider, without Rotor. */
@NullMarked
package com.legacy;

import org.jspecify.annotations.NullMarked;
