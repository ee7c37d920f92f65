/**
 * Apache HttpClient 5's asynchronous clients, of HTTP/1.1 and HTTP/2. An exchange takes the place
 * of the handler that connects, below the client's own redirects, retries and authentication, of
 * which each hop is an exchange of its own; the key is placed where the request leaves the client,
 * after the application's interceptors, in a copy that they do not see. The adapter names the
 * client's types, so it lives beside each application's copy of them. A request goes next to {@code
 * dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.apache5async;

import org.jspecify.annotations.NullMarked;
