package dev.rotor.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of a {@link RateLimited} method whose value has a limit of its own: each user,
 * each tenant. Several marked parameters are taken together. The values need {@code equals} and
 * {@code hashCode}; a value not seen for a while is forgotten with its count.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface LimitBy {}
