/**
 * Apache HttpClient 4, from 4.3 on. {@link dev.rotor.agent.http.apache4.Apache4Adapter} takes over
 * at the end of the client's chain, below its redirects and retries, so each hop is an exchange of
 * its own; the application's interceptors have run by then. From here a request goes to {@code
 * dev.rotor.runtime.http.Exchanges}. The client of before 4.3, {@code DefaultHttpClient}, is left
 * alone and told.
 */
@NullMarked
package dev.rotor.agent.http.apache4;

import org.jspecify.annotations.NullMarked;
