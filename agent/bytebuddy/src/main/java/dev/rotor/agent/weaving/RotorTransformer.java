package dev.rotor.agent.weaving;

import dev.rotor.agent.matching.SiteMatcher;
import dev.rotor.agent.weaving.Adapters.Woven;
import dev.rotor.runtime.call.Faults;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class that is loaded, cheaply, and has the few that matter woven. Never throws.
 */
final class RotorTransformer implements ClassFileTransformer {

  private final SiteMatcher matcher;
  private final Adapters adapters;
  private final SiteWeaving weaving;
  private final Faults faults;

  RotorTransformer(SiteMatcher matcher, Adapters adapters, SiteWeaving weaving, Faults faults) {
    this.matcher = matcher;
    this.adapters = adapters;
    this.weaving = weaving;
    this.faults = faults;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (name == null || (loader != null && isOurs(loader))) {
      return null;
    }
    try {
      String binaryName = name.replace('/', '.');
      Woven client = adapters.woven(binaryName);
      if (client != null) {
        return weaving.client(binaryName, loader, file, client);
      }
      if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
        return null;
      }
      if (weaving.isSilent(binaryName)) {
        return weaving.delegation(binaryName, loader, file);
      }
      return matcher.mayHaveSites(loader, name, file)
          ? weaving.methods(binaryName, loader, file)
          : null;
    } catch (Throwable fault) {
      faults.tell(name.replace('/', '.'), fault, "the class stays as it is");
      return null;
    }
  }

  private static boolean isOurs(ClassLoader loader) {
    return loader == RotorTransformer.class.getClassLoader()
        || loader instanceof AdapterClassLoader;
  }
}
