/**
 * Apache HttpClient 5, classic. {@link dev.rotor.agent.http.apache5.Apache5Adapter} takes over
 * where the client is about to lease a connection, below its redirects and retries, so each hop is
 * an exchange of its own. The application's interceptors come later; the key is placed below them
 * ({@link dev.rotor.agent.http.apache5.PlacingRuntime}), just before the request leaves. From here
 * a request goes to {@code dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.apache5;

import org.jspecify.annotations.NullMarked;
