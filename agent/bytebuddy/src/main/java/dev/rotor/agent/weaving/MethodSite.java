package dev.rotor.agent.weaving;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.SiteDeclaration;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.call.Refusal;
import dev.rotor.runtime.call.Site;
import dev.rotor.runtime.method.MethodShape;
import dev.rotor.runtime.method.Refusals;
import dev.rotor.runtime.method.SiteValues;
import dev.rotor.runtime.observe.Stats;
import dev.rotor.runtime.policy.ValueCache;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
  private final ClassValue<SiteValues> values = new ValuesOfClass();
  private final AtomicReference<@Nullable String> mistake = new AtomicReference<>();
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

  /** Remembers what is wrong with its definition; whether that is news. */
  boolean mistake(@Nullable String text) {
    return !Objects.equals(mistake.getAndSet(text), text);
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

  private static final class ValuesOfClass extends ClassValue<SiteValues> {
    @Override
    protected SiteValues computeValue(Class<?> woven) {
      return new SiteValues();
    }
  }
}
