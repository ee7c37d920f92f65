/** Tests of the package of the same name. */
@NullMarked
package dev.rotor.agent.http.jdk;

import org.jspecify.annotations.NullMarked;
