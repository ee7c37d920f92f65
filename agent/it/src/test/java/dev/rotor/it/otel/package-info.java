/**
 * Rotor beside the OpenTelemetry agent, in either order on the command line: both do their work,
 * and the traces are as {@code docs/opentelemetry.md} says.
 */
package dev.rotor.it.otel;
