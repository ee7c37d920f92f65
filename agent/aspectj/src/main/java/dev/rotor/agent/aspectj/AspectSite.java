package dev.rotor.agent.aspectj;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.SiteDeclaration;
import dev.rotor.runtime.call.Refusal;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.method.MethodShape;
import dev.rotor.runtime.method.Refusals;
import dev.rotor.runtime.method.SiteValues;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;

/** A woven method. It hangs on its class, with the values that it caches, and dies with it. */
final class AspectSite extends Site {

  private final SiteDeclaration declaration;
  private final MethodShape shape;
  private final Class<?> type;
  private final SiteValues values = new SiteValues();

  AspectSite(SiteDeclaration declaration, MethodShape shape, Class<?> type, Stats stats) {
    super(declaration.name(), !shape.isSynchronized(), stats);
    this.declaration = declaration;
    this.shape = shape;
    this.type = type;
  }

  SiteDeclaration declaration() {
    return declaration;
  }

  MethodShape shape() {
    return shape;
  }

  @Override
  protected ValueCache cache() {
    return values.cache(requireNonNull(requireNonNull(plan()).cache()));
  }

  @Override
  protected RuntimeException refusal(Refusal kind, String message) {
    return Refusals.exception(kind, message, type.getClassLoader());
  }
}
