/**
 * Which classes have sites, told from class files as bytes with JDK classes alone, so that an
 * application without a site never loads Byte Buddy. A hit goes next to {@code
 * dev.rotor.agent.weaving}.
 */
@NullMarked
package dev.rotor.agent.matching;

import org.jspecify.annotations.NullMarked;
