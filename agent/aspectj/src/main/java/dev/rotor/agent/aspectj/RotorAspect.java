package dev.rotor.agent.aspectj;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Pointcut;
import org.jspecify.annotations.Nullable;

/**
 * Leads annotated methods into the engine, which starts with the first of them that runs.
 *
 * <p>To AspectJ, the annotation of a type speaks for all methods that it declares, in implementing
 * classes too; that of a method for this one only, and not for what overrides it.
 */
@Aspect
public final class RotorAspect {

  private final @Nullable AspectEngine engine = AspectEngine.start();

  @Pointcut(
      "execution(@dev.rotor.annotations.RotatedApi * *(..))"
          + " || execution(* (@dev.rotor.annotations.RotatedApi *).*(..))")
  private void rotated() {}

  @Pointcut(
      "execution(@dev.rotor.annotations.RateLimited * *(..))"
          + " || execution(* (@dev.rotor.annotations.RateLimited *).*(..))")
  private void limited() {}

  @Pointcut(
      "execution(@dev.rotor.annotations.Cached * *(..))"
          + " || execution(* (@dev.rotor.annotations.Cached *).*(..))")
  private void cached() {}

  /** Runs the policies around a method. */
  @Around("(rotated() || limited() || cached()) && !within(dev.rotor..*)")
  public @Nullable Object around(ProceedingJoinPoint point) throws Throwable {
    return engine == null ? point.proceed() : engine.call(point);
  }
}
