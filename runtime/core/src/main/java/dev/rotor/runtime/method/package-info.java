/**
 * What every front end does for methods, however it gets into their code: calls from which no fault
 * of Rotor's escapes, calls that return futures, the selectors over arguments, the exceptions for
 * the application. A call goes next to {@code dev.rotor.runtime.call.Interception}.
 */
@NullMarked
package dev.rotor.runtime.method;

import org.jspecify.annotations.NullMarked;
