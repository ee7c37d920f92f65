package dev.rotor.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@code String} parameter of a {@link RotatedApi} method that receives the secret of the
 * selected key. Whatever the caller passes, {@code null} included, is replaced before the body
 * runs, and again before each further attempt.
 *
 * <p>Where the HTTP client is one that Rotor knows, the parameter is not needed: the key is placed
 * in the request itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ApiKey {}
