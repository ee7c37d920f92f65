package dev.rotor.runtime.config;

import java.time.Duration;

/** A cache of a site's values: how long and how many. */
public record CacheSettings(String name, Duration ttl, long maxEntries) {}
