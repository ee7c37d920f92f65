/**
 * From one YAML file to immutable, validated records, with every mistake told at once by file, line
 * and path. Knows nothing of calls. The records go next to {@code dev.rotor.runtime.Rotor}, which
 * makes APIs, keys and plans of them.
 */
@NullMarked
package dev.rotor.runtime.config;

import org.jspecify.annotations.NullMarked;
