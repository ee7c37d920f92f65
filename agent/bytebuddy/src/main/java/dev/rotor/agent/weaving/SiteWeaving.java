package dev.rotor.agent.weaving;

import dev.rotor.agent.http.ClientInstrumentation.Hook;
import dev.rotor.agent.weaving.Adapters.Woven;
import dev.rotor.agent.weaving.MethodAnalysis.Found;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.call.Plan;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a class that matters: its sites get numbers, plans and advice. Thread-safe. */
final class SiteWeaving {

  private static final Logger LOG = LoggerFactory.getLogger(SiteWeaving.class);

  /**
   * Loaders that do not ask the boot loader for our package, each with a {@code loadClass(String,
   * boolean)}.
   */
  private static final Set<String> SILENT_LOADERS =
      Set.of(
          "org.jboss.modules.ConcurrentClassLoader",
          "org.eclipse.osgi.internal.loader.ModuleClassLoader",
          "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader");

  private static final List<Hook> DELEGATION =
      List.of(
          new Hook(
              "loadClass",
              "(Ljava/lang/String;Z)Ljava/lang/Class;",
              "dev.rotor.agent.weaving.BootDelegationAdvice"));

  private final Rotor rotor;
  private final Sites sites;

  SiteWeaving(Rotor rotor, Sites sites) {
    this.rotor = rotor;
    this.sites = sites;
  }

  private static final class LazyWeaver {
    static final Weaver WEAVER = new Weaver();
  }

  boolean isSilent(String name) {
    return SILENT_LOADERS.contains(name);
  }

  byte[] delegation(String name, ClassLoader loader, byte[] file) {
    return LazyWeaver.WEAVER.client(name, loader, file, DELEGATION, 0);
  }

  byte[] client(String name, @Nullable ClassLoader loader, byte[] file, Woven client) {
    return LazyWeaver.WEAVER.client(name, loader, file, client.hooks(), client.adapter());
  }

  byte @Nullable [] methods(String name, ClassLoader loader, byte[] file) {
    return LazyWeaver.WEAVER.methods(
        name,
        loader,
        file,
        rotor.settings().binds(),
        new Weaver.Numbering() {
          @Override
          public int number(Found found) {
            String key = name + found.method().getName() + found.method().getDescriptor();
            return sites.number(loader, key, () -> site(found, loader));
          }

          @Override
          public Weave weave(int number) {
            MethodSite site = Objects.requireNonNull(sites.get(number));
            return site.woven(plan(site));
          }
        });
  }

  private MethodSite site(Found found, ClassLoader loader) {
    MethodSite site =
        new MethodSite(
            found.declaration(),
            found.shape(),
            loader,
            rotor.meters().stats("site", found.declaration().name()));
    site.plan(plan(site));
    LOG.debug("{}: woven", site.name());
    if (found.shape().isSynchronized() && site.plan() != null) {
      LOG.info("{}: is synchronized, so it rotates but never waits", site.name());
    }
    return site;
  }

  /**
   * The site's plan under the present configuration; a definition error is told and leaves it
   * untouched.
   */
  @Nullable Plan plan(MethodSite site) {
    try {
      Plan plan = rotor.plan(site.declaration());
      site.mistake(null);
      return plan;
    } catch (IllegalArgumentException wrong) {
      if (site.mistake(wrong.getMessage())) {
        LOG.error("{}. Calls pass untouched.", wrong.getMessage());
      }
      return null;
    }
  }
}
