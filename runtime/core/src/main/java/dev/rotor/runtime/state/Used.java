package dev.rotor.runtime.state;

import java.time.Instant;

/**
 * How much was used of one line in one span, as people carry it from one ledger to another.
 *
 * @param page whose use it is, such as {@code openai/primary}
 * @param line what of it, such as {@code daily/requests}
 * @param amount money in millionths
 */
public record Used(String page, String line, Instant start, Instant end, long amount) {}
