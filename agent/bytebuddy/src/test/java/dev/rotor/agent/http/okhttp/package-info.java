/** Tests of the package of the same name. */
@NullMarked
package dev.rotor.agent.http.okhttp;

import org.jspecify.annotations.NullMarked;
