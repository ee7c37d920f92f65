/** Tests of the package of the same name. */
@NullMarked
package dev.rotor.agent.http.apache5;

import org.jspecify.annotations.NullMarked;
