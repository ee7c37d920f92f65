/** Runs the application against a stub provider, without Rotor. */
@NullMarked
package com.example.annotated;

import org.jspecify.annotations.NullMarked;
