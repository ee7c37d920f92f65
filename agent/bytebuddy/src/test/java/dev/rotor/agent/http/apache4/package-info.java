/** Tests of the package of the same name. */
@NullMarked
package dev.rotor.agent.http.apache4;

import org.jspecify.annotations.NullMarked;
