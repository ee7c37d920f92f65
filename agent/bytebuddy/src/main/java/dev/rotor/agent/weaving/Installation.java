package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.Bridge;
import dev.rotor.agent.matching.SiteMatcher;
import dev.rotor.runtime.FrontEnd;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.Settings;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rotor in this JVM: puts the engine behind the bridge and the transformer before the classes. */
public final class Installation implements FrontEnd {

  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final Rotor rotor;
  private final Instrumentation instrumentation;
  private final Sites sites = new Sites();
  private final Adapters adapters;
  private final SiteMatcher matcher;
  private final SiteWeaving weaving;

  /** Creates an installation; nothing happens before {@link #install}. */
  public Installation(Rotor rotor, Instrumentation instrumentation) {
    this.rotor = rotor;
    this.instrumentation = instrumentation;
    this.adapters = new Adapters(rotor.exchanges());
    this.matcher = new SiteMatcher(rotor.settings());
    this.weaving = new SiteWeaving(rotor, sites);
  }

  /**
   * Begins. Classes that are loaded already are woven again where they have something to weave.
   *
   * @param attached the application runs already, so that any of its classes may have sites
   * @return false: there is an installation in this JVM
   */
  public boolean install(boolean attached) {
    Faults faults = new Faults();
    if (!Bridge.install(new WovenEngine(rotor.interception(), sites, adapters, faults))) {
      return false;
    }
    instrumentation.addTransformer(new RotorTransformer(matcher, adapters, weaving, faults), true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (adapters.woven(type.getName()) != null || (attached && isApplication(type))) {
        loaded.add(type);
      }
    }
    weaveAgain(loaded);
    return true;
  }

  private boolean isApplication(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && loader != getClass().getClassLoader()
        && !(loader instanceof AdapterClassLoader)
        && !type.isArray()
        && instrumentation.isModifiableClass(type);
  }

  private void weaveAgain(List<Class<?>> types) {
    for (Class<?> type : types) {
      try {
        instrumentation.retransformClasses(type);
      } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
        LOG.warn("{}: cannot be woven after it was loaded: {}", type.getName(), refused.toString());
      }
    }
  }

  /** Takes a new configuration: every site gets its new plan, newly bound classes are woven. */
  @Override
  public void apply(Settings settings) {
    rotor.apply(settings);
    matcher.apply(settings);
    Set<String> thin = new HashSet<>();
    for (MethodSite site : sites.all()) {
      Plan plan = weaving.plan(site);
      if (site.isTooThinFor(plan)) {
        // goes on with its old plan until its code can run the new one
        thin.add(site.declaration().types().get(0));
      } else {
        site.plan(plan);
      }
    }
    List<Class<?>> again = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isApplication(type) && (thin.contains(type.getName()) || matcher.isMeant(type))) {
        again.add(type);
      }
    }
    weaveAgain(again);
    for (MethodSite site : sites.all()) {
      site.plan(weaving.plan(site));
    }
  }

  @Override
  public List<BindSettings> unmatched() {
    List<BindSettings> result = new ArrayList<>();
    List<MethodSite> known = sites.all();
    for (BindSettings bind : rotor.settings().binds()) {
      if (bind.method() != null && known.stream().noneMatch(site -> isFor(bind, site))) {
        result.add(bind);
      }
    }
    return result;
  }

  private static boolean isFor(BindSettings bind, MethodSite site) {
    var declaration = site.declaration();
    return bind.isFor(declaration.types(), declaration.method(), declaration.parameterTypes());
  }
}
