/**
 * What a user may write in a class of his own: a jar in the directory that {@code extensions} names
 * is loaded above Rotor's own loader, and its classes are named in the configuration. {@code
 * dev.rotor.runtime.key} asks them.
 */
@NullMarked
package dev.rotor.runtime.extension;

import org.jspecify.annotations.NullMarked;
