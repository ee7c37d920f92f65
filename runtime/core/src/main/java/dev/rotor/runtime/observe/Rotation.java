package dev.rotor.runtime.observe;

import java.time.Instant;

/**
 * That an attempt went on with another key.
 *
 * @param at when
 * @param key the name of the key that was left
 * @param lane of the key; empty: the only one
 * @param cause why: what its attempt came to; no secret
 */
public record Rotation(Instant at, String key, String lane, String cause) {}
