/**
 * The AspectJ front end: one aspect over the same engine, for load-time and compile-time weaving,
 * where Rotor's own agent cannot be attached. Methods only; requests of HTTP clients are the
 * agent's. A call goes next to {@code dev.rotor.runtime.method.GuardedCalls}.
 */
@NullMarked
package dev.rotor.agent.aspectj;

import org.jspecify.annotations.NullMarked;
