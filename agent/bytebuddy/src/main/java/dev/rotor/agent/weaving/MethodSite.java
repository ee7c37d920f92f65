package dev.rotor.agent.weaving;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.SiteDeclaration;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.call.Refusal;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.config.CacheSettings;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;
import dev.rotor.runtime.time.Clock;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A woven method. Its cached values hang on the woven class itself, so that they die with the
 * application's loader; it holds that class weakly.
 */
final class MethodSite extends Site {

  private static final WeakReference<Class<?>> UNSEEN = new WeakReference<>(null);

  private final SiteDeclaration declaration;
  private final MethodShape shape;
  private final WeakReference<ClassLoader> loader;
  private final ClassValue<Values> values = new Values.OfClass();
  private volatile Weave woven = Weave.PLAIN;
  private volatile WeakReference<Class<?>> type = UNSEEN;

  MethodSite(SiteDeclaration declaration, MethodShape shape, ClassLoader loader, Stats stats) {
    super(declaration.name(), !shape.isSynchronized(), stats);
    this.declaration = declaration;
    this.shape = shape;
    this.loader = new WeakReference<>(loader);
  }

  SiteDeclaration declaration() {
    return declaration;
  }

  MethodShape shape() {
    return shape;
  }

  /** The advice that a plan needs here. */
  Weave needs(@Nullable Plan plan) {
    if (shape.isAsync()) {
      return Weave.ASYNC;
    }
    if (plan != null && plan.needsArguments()) {
      return Weave.FULL;
    }
    return declaration.takesKey() ? Weave.KEY : Weave.PLAIN;
  }

  /** The same, remembered as what stands in the code now. */
  Weave woven(@Nullable Plan plan) {
    woven = needs(plan);
    return woven;
  }

  /** Whether the code has to be woven again before a plan can run. */
  boolean isTooThinFor(@Nullable Plan plan) {
    return woven != Weave.FULL && needs(plan) == Weave.FULL;
  }

  @Nullable ClassLoader loader() {
    return loader.get();
  }

  /** Told by the woven code when arguments come along. */
  void seen(@Nullable Class<?> woven) {
    if (woven != null && type.get() == null) {
      type = new WeakReference<>(woven);
    }
  }

  @Override
  protected ValueCache cache() {
    Class<?> woven = requireNonNull(type.get());
    return values.get(woven).cache(requireNonNull(requireNonNull(plan()).cache()));
  }

  @Override
  protected RuntimeException refusal(Refusal kind, String message) {
    return Refusals.exception(kind, message, loader.get());
  }

  /** The values of this site; what hangs on the class. */
  private static final class Values {
    private volatile @Nullable ValueCache cache;

    ValueCache cache(CacheSettings settings) {
      ValueCache current = cache;
      if (current == null || !current.settings().equals(settings)) {
        current = renew(settings);
      }
      return current;
    }

    private synchronized ValueCache renew(CacheSettings settings) {
      ValueCache current = cache;
      if (current == null || !current.settings().equals(settings)) {
        current = new ValueCache(settings, Clock.SYSTEM);
        cache = current;
      }
      return current;
    }

    private static final class OfClass extends ClassValue<Values> {
      @Override
      protected Values computeValue(Class<?> woven) {
        return new Values();
      }
    }
  }
}
