/**
 * How calls get into the engine: the transformer, the analysis of a class's methods, the advice
 * that is woven into them, and the engine's end of the bridge. A call goes next to {@code
 * dev.rotor.runtime.call.Interception}, a request to the adapters in {@code dev.rotor.agent.http}.
 */
@NullMarked
package dev.rotor.agent.weaving;

import org.jspecify.annotations.NullMarked;
