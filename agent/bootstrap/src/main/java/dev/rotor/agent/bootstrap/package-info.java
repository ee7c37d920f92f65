/**
 * The few classes that every class loader must see: the agent's entry, the bridge that woven code
 * calls, and the loader behind which everything else is hidden. JDK classes only, and Java 8 class
 * files, so that an older Java gets a message and not an error. A call goes next through {@link
 * dev.rotor.agent.bootstrap.Bridge} to {@code dev.rotor.agent.weaving}.
 */
package dev.rotor.agent.bootstrap;
