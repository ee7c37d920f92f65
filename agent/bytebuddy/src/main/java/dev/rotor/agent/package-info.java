/**
 * Where Rotor starts behind the bridge: the agent's start, the watch over its configuration, and
 * the command line. Next comes {@code dev.rotor.agent.weaving}.
 */
@NullMarked
package dev.rotor.agent;

import org.jspecify.annotations.NullMarked;
