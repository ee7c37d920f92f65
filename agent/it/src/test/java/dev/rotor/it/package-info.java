/** What the agent promises, each told by a child JVM with the packaged jar. */
package dev.rotor.it;
