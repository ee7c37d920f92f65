package dev.rotor.runtime.config;

import java.time.Duration;

/** So many permits in so much time: {@code 100/1m}. */
public record Rate(long permits, Duration per) {}
