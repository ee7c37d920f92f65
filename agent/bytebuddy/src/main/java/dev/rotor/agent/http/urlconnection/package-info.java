/**
 * {@code HttpURLConnection}, for HTTP and HTTPS. What the JDK's protocol handlers open to a host
 * that may be bound is wrapped, by public API alone: the wrapper records what the application asks
 * for, runs the exchange when it first needs the answer, on a connection of its own for each
 * attempt, and follows redirects itself, so that a key goes only where it belongs. A request goes
 * next to {@code dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.urlconnection;

import org.jspecify.annotations.NullMarked;
