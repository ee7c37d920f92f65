/**
 * Requests, from what the application sends to what the provider receives and back. A {@link
 * dev.rotor.it.http.Table} runs each scenario with every client, in one child JVM, which is {@code
 * com.example.it.http}; each has a stub provider and an API of its own.
 */
package dev.rotor.it.http;
