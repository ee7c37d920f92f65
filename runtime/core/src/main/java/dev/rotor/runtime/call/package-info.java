/**
 * One pass of the application through a site: {@link dev.rotor.runtime.call.Interception} is the
 * entry for every front end, {@link dev.rotor.runtime.call.Plan} says what the site's policies are,
 * and {@link dev.rotor.runtime.call.Call} is the state machine that runs them, the same for
 * synchronous and asynchronous calls. It knows keys and policies, and nothing of HTTP; the
 * exchanges of {@code dev.rotor.runtime.http} are calls as well, and join the call of the method
 * that makes them.
 */
@NullMarked
package dev.rotor.runtime.call;

import org.jspecify.annotations.NullMarked;
