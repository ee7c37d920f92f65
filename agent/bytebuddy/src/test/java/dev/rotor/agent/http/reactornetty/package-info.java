/** Tests of the package of the same name. */
@NullMarked
package dev.rotor.agent.http.reactornetty;

import org.jspecify.annotations.NullMarked;
