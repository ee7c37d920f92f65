/**
 * Reactor Netty's HTTP client, and through it Spring's WebClient. Each subscription to a connection
 * is an exchange: the adapter subscribes once for each attempt, with a configuration of its own
 * (another address, the request as it was recorded), and two handlers in the channel's pipeline
 * place the key and hold the answer. So the client's own code, its callbacks and the application
 * see nothing but requests without a key and the answer that is final. The adapter names the
 * library's types, so it lives beside each application's copy of them. A request goes next to
 * {@code dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.reactornetty;

import org.jspecify.annotations.NullMarked;
