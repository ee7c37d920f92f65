/**
 * An application as it may have run for years: its key is in its source, and it knows nothing of
 * Rotor. {@link com.legacy.LegacyApp} calls each client in turn.
 */
@NullMarked
package com.legacy;

import org.jspecify.annotations.NullMarked;
