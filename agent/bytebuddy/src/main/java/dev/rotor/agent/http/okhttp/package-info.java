/**
 * OkHttp 4. Rotor's interceptor is put into each call's chain below the application's own, some of
 * which set the credential, and above OkHttp's retries and redirects; a second one, on the network,
 * looks at every hop. The adapter names OkHttp's types, so it lives beside each application's copy
 * of them. A request goes next to {@code dev.rotor.runtime.http.Exchanges}.
 */
@NullMarked
package dev.rotor.agent.http.okhttp;

import org.jspecify.annotations.NullMarked;
