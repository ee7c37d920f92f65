/**
 * Rotor's own SLF4J provider: one line a message to standard error, at the level that {@code
 * rotor.log} says. It shares nothing with the application's logging.
 */
@NullMarked
package dev.rotor.agent.log;

import org.jspecify.annotations.NullMarked;
