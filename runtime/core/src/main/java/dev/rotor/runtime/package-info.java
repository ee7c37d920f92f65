/**
 * The engine put together: {@link dev.rotor.runtime.Rotor} makes APIs, routes and plans of a
 * configuration and swaps them on reload. Front ends ask it for plans and for the two entries,
 * {@code dev.rotor.runtime.call.Interception} for methods and {@code
 * dev.rotor.runtime.http.Exchanges} for requests.
 */
@NullMarked
package dev.rotor.runtime;

import org.jspecify.annotations.NullMarked;
