package dev.rotor.runtime.config;

import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Paths of an API that are going away.
 *
 * @param sunset the day from which they may be gone
 * @param guide where to read what to use instead
 */
public record DeprecatedPath(PathPattern path, @Nullable LocalDate sunset, @Nullable URI guide) {}
