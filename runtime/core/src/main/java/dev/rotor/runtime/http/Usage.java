package dev.rotor.runtime.http;

/**
 * The tokens that an answer says it cost; -1 for what it does not say. Where only both parts are
 * told, {@code total} is their sum.
 */
public record Usage(long input, long output, long total) {}
