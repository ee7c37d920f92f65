/**
 * What application code may see of Rotor: the annotations that mark a site, those that pick
 * parameters, and the exceptions that a site may throw when no attempt was made.
 *
 * <p>Nothing here does anything by itself. Without the agent (or the aspect) the annotations are
 * inert and the marked methods run as they are written. With it, a call goes next to {@code
 * dev.rotor.runtime.call.Interception}.
 */
package dev.rotor.annotations;
