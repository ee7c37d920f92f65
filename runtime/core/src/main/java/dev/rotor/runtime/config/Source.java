package dev.rotor.runtime.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that settings come from.
 *
 * @param label its name in messages
 * @param directory what relative paths in it are relative to; null: it can name no files
 */
record Source(String label, @Nullable Path directory) {}
