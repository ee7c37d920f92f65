/**
 * Many calls at once: what the application saw, what the provider received and what Rotor counted
 * are held against each other.
 */
package dev.rotor.it.load;
