/**
 * OkHttp 3.14 to 5. Rotor's interceptors are put into each call's chain: one below the
 * application's own, some of which set the credential, and above OkHttp's retries and redirects,
 * which runs the exchange; one on the network, which decides for every hop whether the key goes
 * along. The key itself comes into the request below all interceptors and listeners, where a codec
 * writes it. The adapter names OkHttp's types, so it lives beside each application's copy of them.
 * A request goes next to {@code dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.okhttp;

import org.jspecify.annotations.NullMarked;
