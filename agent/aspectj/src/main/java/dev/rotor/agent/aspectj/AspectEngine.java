package dev.rotor.agent.aspectj;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.ConfigWatch;
import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.Wording;
import dev.rotor.runtime.call.Call;
import dev.rotor.runtime.call.Faults;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigFile;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.Settings;
import dev.rotor.runtime.method.FutureCalls;
import dev.rotor.runtime.method.GuardedCalls;
import org.aspectj.lang.ProceedingJoinPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as the aspect uses it. Thread-safe. */
final class AspectEngine {

  private static final Logger LOG = LoggerFactory.getLogger(AspectEngine.class);

  private final AspectSites sites;
  private final GuardedCalls calls;
  private final FutureCalls futures;

  private AspectEngine(Rotor rotor) {
    Faults faults = new Faults();
    this.sites = new AspectSites(rotor, faults);
    this.calls = new GuardedCalls(rotor.interception(), faults);
    this.futures = new FutureCalls(rotor.interception(), faults, false);
  }

  /**
   * Reads the configuration as the agent does, and begins.
   *
   * @return null: there is none that can be used, and {@code rotor.fail-open} says that calls are
   *     to pass untouched then
   * @throws IllegalStateException when there is none that can be used
   */
  static @Nullable AspectEngine start() {
    ConfigFile file = ConfigFile.find(null, System.getenv());
    if (file == null) {
      return withoutConfiguration(
          "[rotor] there is no configuration: name a file with -Drotor.config=FILE or"
              + " ROTOR_CONFIG=FILE, or put a rotor.yaml into the working directory "
              + System.getProperty("user.dir"));
    }
    ConfigLoader loader = new ConfigLoader(System.getenv());
    Settings settings;
    try {
      settings = loader.load(file.path());
    } catch (ConfigException wrong) {
      return withoutConfiguration(
          "[rotor] (file named by " + file.saidBy() + ") " + Wording.mistakes(file.path(), wrong));
    }
    Rotor rotor = new Rotor(settings);
    AspectEngine engine = new AspectEngine(rotor);
    new ConfigWatch(file.path(), loader, rotor, engine.sites).start();
    rotor.writeAtExit();
    LOG.info("started through AspectJ: {}", Wording.summary(settings));
    return engine;
  }

  private static @Nullable AspectEngine withoutConfiguration(String refusal) {
    boolean failOpen =
        Boolean.getBoolean("rotor.fail-open")
            || "true".equalsIgnoreCase(System.getenv("ROTOR_FAIL_OPEN"));
    if (!failOpen) {
      throw new IllegalStateException(refusal);
    }
    System.err.println(refusal);
    System.err.println("[rotor] fail-open: the application runs without Rotor");
    return null;
  }

  @Nullable Object call(ProceedingJoinPoint point) throws Throwable {
    AspectSite site = sites.find(point.getStaticPart());
    if (site == null || site.plan() == null) {
      return point.proceed();
    }
    return site.shape().isAsync() ? callAsync(point, site) : callBlocking(point, site);
  }

  private @Nullable Object callBlocking(ProceedingJoinPoint point, AspectSite site)
      throws Throwable {
    @Nullable Object[] arguments = point.getArgs();
    Object cached = calls.cached(site, point.getThis(), arguments);
    if (cached != null) {
      return cached;
    }
    Call call = calls.begin(site, point.getThis(), arguments);
    if (call == null) {
      return point.proceed();
    }
    boolean runs = calls.proceed(call);
    while (runs) {
      Object value = null;
      Throwable thrown = null;
      try {
        value = point.proceed(site.shape().arguments(call, arguments));
      } catch (Throwable failure) {
        thrown = failure;
      }
      runs = calls.again(call, value, thrown);
    }
    return call.result();
  }

  private @Nullable Object callAsync(ProceedingJoinPoint point, AspectSite site) throws Throwable {
    @Nullable Object[] result =
        futures.begin(site, site.shape(), point::proceed, point.getThis(), point.getArgs());
    if (result == null) {
      return point.proceed();
    }
    if (result[1] != null) {
      throw (Throwable) requireNonNull(result[1]);
    }
    return result[0];
  }
}
