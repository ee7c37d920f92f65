/**
 * {@code java.net.http.HttpClient}. Its {@code send} and {@code sendAsync} are woven where the
 * client's facade calls them, so an exchange lies above the client's own redirects; those are
 * looked at one by one. An answer that may be rotated is held in memory, and the application's body
 * handler is applied once, to the last. A request goes next to {@code
 * dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.jdk;

import org.jspecify.annotations.NullMarked;
