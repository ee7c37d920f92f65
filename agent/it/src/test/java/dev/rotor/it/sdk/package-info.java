/**
 * SDKs as published, each on its own class path in a child JVM under the packaged agent, against
 * the stub provider: no call fails where the keys together suffice, and the SDK sees no 429.
 */
package dev.rotor.it.sdk;
