/**
 * What every HTTP client's adapter has in common: which classes of the client are woven and how
 * ({@link dev.rotor.agent.http.ClientInstrumentation}), and what runs when they are called ({@link
 * dev.rotor.agent.http.Adapter}). One package below for each client; a new client is one more
 * package and a line in {@code META-INF/services}. A request goes next to {@code
 * dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http;

import org.jspecify.annotations.NullMarked;
