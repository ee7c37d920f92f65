/**
 * What calls leave behind: counts and times per API, key and site, kept in adders that cost a call
 * a few nanoseconds and are read by Micrometer when somebody asks. Knows nothing of calls. The end
 * of a call's way.
 */
@NullMarked
package dev.rotor.runtime.observe;

import org.jspecify.annotations.NullMarked;
