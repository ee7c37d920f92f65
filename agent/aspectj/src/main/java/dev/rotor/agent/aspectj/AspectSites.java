package dev.rotor.agent.aspectj;

import dev.rotor.runtime.FrontEnd;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.Settings;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aspectj.lang.JoinPoint.StaticPart;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sites of join points. AspectJ numbers the join points of a class from 0, so a site is found
 * in an array that hangs on the class: no map, and nothing that outlives the class. Thread-safe.
 */
final class AspectSites implements FrontEnd {

  private static final Logger LOG = LoggerFactory.getLogger(AspectSites.class);

  private final Rotor rotor;
  private final Faults faults;
  private final ClassValue<SitesOfClass> byClass = new ByClass();
  private final List<WeakReference<AspectSite>> all = new ArrayList<>();

  AspectSites(Rotor rotor, Faults faults) {
    this.rotor = rotor;
    this.faults = faults;
  }

  /** The site of a join point; null: it cannot be one. */
  @Nullable AspectSite find(StaticPart part) {
    return byClass.get(part.getSourceLocation().getWithinType()).find(part);
  }

  @Override
  public void apply(Settings settings) {
    rotor.apply(settings);
    for (AspectSite site : alive()) {
      site.plan(plan(site));
    }
  }

  @Override
  public List<BindSettings> unmatched() {
    List<AspectSite> known = alive();
    return rotor.settings().binds().stream()
        .filter(bind -> bind.method() != null)
        .filter(bind -> known.stream().noneMatch(site -> isFor(bind, site)))
        .toList();
  }

  private static boolean isFor(BindSettings bind, AspectSite site) {
    var declaration = site.declaration();
    return bind.isFor(declaration.types(), declaration.method(), declaration.parameterTypes());
  }

  private List<AspectSite> alive() {
    List<AspectSite> result = new ArrayList<>();
    synchronized (all) {
      all.removeIf(reference -> reference.get() == null);
      for (WeakReference<AspectSite> reference : all) {
        AspectSite site = reference.get();
        if (site != null) {
          result.add(site);
        }
      }
    }
    return result;
  }

  private @Nullable AspectSite make(StaticPart part) {
    try {
      Method method = ((MethodSignature) part.getSignature()).getMethod();
      if (method == null || method.isSynthetic()) {
        return null;
      }
      ReflectedMethod reflected = new ReflectedMethod(method);
      var declaration = reflected.declaration();
      AspectSite site =
          new AspectSite(
              declaration,
              reflected.shape(),
              method.getDeclaringClass(),
              rotor.meters().stats("site", declaration.name()));
      synchronized (all) {
        all.add(new WeakReference<>(site));
      }
      // after it is listed, so that a reload in between is not missed
      site.plan(plan(site));
      if (reflected.shape().isSynchronized() && site.plan() != null) {
        LOG.info("{}: is synchronized, so it rotates but never waits", site.name());
      }
      return site;
    } catch (IllegalArgumentException wrong) {
      LOG.error("{}. Calls pass untouched.", wrong.getMessage());
    } catch (RuntimeException | LinkageError fault) {
      faults.tell(part.toString(), fault, "calls pass untouched");
    }
    return null;
  }

  private @Nullable Plan plan(AspectSite site) {
    try {
      return rotor.plan(site.declaration());
    } catch (IllegalArgumentException wrong) {
      LOG.error("{}. Calls pass untouched.", wrong.getMessage());
      return null;
    }
  }

  private final class ByClass extends ClassValue<SitesOfClass> {
    @Override
    protected SitesOfClass computeValue(Class<?> type) {
      return new SitesOfClass();
    }
  }

  private final class SitesOfClass {
    private volatile @Nullable Slot[] byNumber = new @Nullable Slot[0];

    @Nullable AspectSite find(StaticPart part) {
      int number = part.getId();
      @Nullable Slot[] known = byNumber;
      Slot slot = number < known.length ? known[number] : null;
      return (slot == null ? add(part) : slot).site();
    }

    private synchronized Slot add(StaticPart part) {
      int number = part.getId();
      @Nullable Slot[] wider = Arrays.copyOf(byNumber, Math.max(byNumber.length, number + 1));
      Slot slot = wider[number];
      if (slot == null) {
        slot = new Slot(make(part));
        wider[number] = slot;
        byNumber = wider;
      }
      return slot;
    }
  }

  private record Slot(@Nullable AspectSite site) {}
}
