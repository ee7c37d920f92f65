package dev.rotor.runtime;

import static java.util.Objects.requireNonNull;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.call.Interception;
import dev.rotor.runtime.call.Plan;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.BindSettings;
import dev.rotor.runtime.config.HostPattern;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.LimitSettings;
import dev.rotor.runtime.config.Mode;
import dev.rotor.runtime.config.Secret;
import dev.rotor.runtime.config.Settings;
import dev.rotor.runtime.config.StateSettings;
import dev.rotor.runtime.config.Urgency;
import dev.rotor.runtime.extension.Extensions;
import dev.rotor.runtime.http.BoundIds;
import dev.rotor.runtime.http.Deprecations;
import dev.rotor.runtime.http.Exchanges;
import dev.rotor.runtime.http.HttpSite;
import dev.rotor.runtime.http.Oddities;
import dev.rotor.runtime.http.Profile;
import dev.rotor.runtime.http.Routes;
import dev.rotor.runtime.http.Upstream;
import dev.rotor.runtime.key.Accounts;
import dev.rotor.runtime.key.PoolParts;
import dev.rotor.runtime.observe.EngineMeters;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.RotorThreads;
import dev.rotor.runtime.time.Sleeper;
import dev.rotor.runtime.time.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine, made of a configuration. A reload swaps plans and routes as a whole; APIs and keys
 * keep their state by name. Thread-safe.
 */
public final class Rotor {

  private static final Logger LOG = LoggerFactory.getLogger(Rotor.class);

  private final Clock clock;
  private final EngineMeters meters = new EngineMeters();
  private final Interception interception;
  private final Exchanges exchanges;
  private final Limits limits;
  private final Map<String, Api> apis = new HashMap<>();
  // of each API, since the start: the application may still send what was a key's once
  private final Map<String, Set<Secret>> secrets = new HashMap<>();
  private final Map<String, Deprecations> deprecations = new HashMap<>();
  private final Map<String, Oddities> oddities = new HashMap<>();
  private final Map<String, BoundIds> boundIds = new HashMap<>();

  private volatile PoolParts parts;
  private final Settings started;
  private volatile Settings settings;
  private volatile Planner planner;
  private volatile Runnable rereadCredentials = () -> {};

  /** Starts an engine on the machine's own clocks. */
  public Rotor(Settings settings) {
    this(
        settings,
        Clock.SYSTEM,
        Sleeper.SYSTEM,
        Timer.onOwnThreads(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Starts an engine over these ways to measure and spend time. */
  public Rotor(
      Settings settings, Clock clock, Sleeper sleeper, Timer timer, DoubleSupplier random) {
    this.clock = clock;
    this.interception = new Interception(clock, sleeper, timer, random);
    this.exchanges = new Exchanges(interception);
    this.limits = new Limits(clock);
    this.parts =
        new PoolParts(
            meters,
            clock,
            random,
            task -> timer.schedule(task, 0),
            new Accounts(clock),
            ledger(settings.state(), clock),
            settings.replicas(),
            settings.flags().limits(),
            Extensions.of(settings.extensions()));
    this.settings = settings;
    this.started = settings;
    this.planner = new Planner(settings, Map.of(), limits);
    apply(settings);
  }

  private static Ledger ledger(StateSettings state, Clock clock) {
    return state.directory() == null
        ? Ledger.inMemory(clock)
        : Ledger.inDirectory(state.directory(), clock);
  }

  /** What keys have used of their quotas, to be taken along or looked at; see {@code UsedText}. */
  public Ledger ledger() {
    return parts.ledger();
  }

  /**
   * Has what was used of quotas written down when the process begins to end; calls may go on until
   * it does. Without effect where state is kept in memory.
   */
  public void writeAtExit() {
    if (started.state().directory() != null) {
      Runtime.getRuntime()
          .addShutdownHook(RotorThreads.daemon("rotor-exit", parts.ledger()::exitSoon));
    }
  }

  /**
   * What to run when a provider refused a credential: whether files or variables hold another by
   * now.
   */
  public void onRefusedCredential(Runnable reread) {
    rereadCredentials = reread;
  }

  public Settings settings() {
    return settings;
  }

  /** The APIs of the present configuration. */
  public synchronized List<Api> apis() {
    return List.copyOf(apis.values());
  }

  /** The entry for methods. */
  public Interception interception() {
    return interception;
  }

  /** The entry for requests. */
  public Exchanges exchanges() {
    return exchanges;
  }

  public EngineMeters meters() {
    return meters;
  }

  /**
   * The plan of a method under the present configuration; null: it is not bound, or switched off.
   *
   * @throws IllegalArgumentException when it names what the configuration does not have
   */
  public @Nullable Plan plan(SiteDeclaration site) {
    return planner.plan(site);
  }

  /** Takes a new configuration; sites are to ask for their plans again. */
  public synchronized void apply(Settings next) {
    // read before anything is changed, since one that cannot be read changes nothing
    Map<String, Profile> profiles = new HashMap<>();
    next.apis().values().forEach(it -> profiles.put(it.name(), Profile.of(it.profile(), clock)));
    limits.replicas(next.replicas());
    Extensions extensions = parts.extensions();
    if (!Objects.equals(next.extensions(), extensions.directory())) {
      extensions = Extensions.of(next.extensions());
    }
    checkStrategies(next, extensions);
    parts = parts.with(extensions, next.replicas(), next.flags().limits());
    if (!next.state().equals(started.state())) {
      LOG.warn("`state` is as it was at the start: another place takes effect at the next one");
    }
    // in the order of the file, which decides who owns a host that two APIs list
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    for (ApiSettings api : next.apis().values()) {
      Profile profile = requireNonNull(profiles.get(api.name()));
      upstreams.put(api.name(), upstream(api, next.mode(), profile));
    }
    limits.sweep();
    parts.accounts().sweep();
    apis.keySet().stream()
        .filter(name -> !next.apis().containsKey(name))
        .forEach(parts.accounts()::forget);
    apis.keySet().retainAll(next.apis().keySet());
    deprecations.keySet().retainAll(next.apis().keySet());
    boundIds.keySet().retainAll(next.apis().keySet());
    tellOfTiers(next);
    settings = next;
    planner = new Planner(next, Map.copyOf(apis), limits);
    exchanges.routes(new Routes(sites(next, upstreams), List.copyOf(upstreams.values())));
  }

  /**
   * Whether all classes that a configuration names are there. Loads them.
   *
   * @throws IllegalArgumentException when one is not; the message tells which and why
   */
  public static void check(Settings settings) {
    checkStrategies(settings, Extensions.of(settings.extensions()));
  }

  private static void checkStrategies(Settings settings, Extensions extensions) {
    for (ApiSettings api : settings.apis().values()) {
      String own = api.strategy().ownClass();
      if (own != null) {
        try {
          var unused = extensions.strategy(own);
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException(
              "apis." + api.name() + "." + wrong.getMessage(), wrong);
        }
      }
    }
  }

  private void tellOfTiers(Settings next) {
    for (ApiSettings api : next.apis().values()) {
      for (KeySettings key : api.keys()) {
        boolean asked =
            key.tier() == null
                || next.binds().stream().anyMatch(bind -> key.tier().equals(bind.tier()));
        if (!asked) {
          LOG.warn(
              "apis.{}: key {} is of tier `{}`, which no binding asks for: it is never used",
              api.name(),
              key.name(),
              key.tier());
        }
      }
    }
  }

  private Upstream upstream(ApiSettings settings, Mode mode, Profile profile) {
    Set<Secret> known = secrets.computeIfAbsent(settings.name(), it -> new LinkedHashSet<>());
    settings.keys().forEach(key -> known.add(key.secret()));
    Api api = apis.get(settings.name());
    if (api == null) {
      api = new Api(settings, mode, profile, parts, () -> rereadCredentials.run());
      apis.put(settings.name(), api);
    } else {
      api.update(settings, mode, profile, parts);
    }
    Deprecations told = deprecations.computeIfAbsent(settings.name(), Deprecations::new);
    BoundIds ids = boundIds.computeIfAbsent(settings.name(), it -> new BoundIds());
    Oddities odd = oddities.computeIfAbsent(settings.name(), Oddities::new);
    return new Upstream(api, settings, profile, List.copyOf(known), told, ids, odd);
  }

  private List<HttpSite> sites(Settings settings, Map<String, Upstream> upstreams) {
    List<HttpSite> sites = new ArrayList<>();
    for (BindSettings bind : settings.binds()) {
      Upstream upstream = bind.rotate() == null ? null : upstreams.get(bind.rotate());
      if (bind.host() != null && upstream != null) {
        HttpSite site =
            new HttpSite(
                bind.host(),
                bind.httpMethods(),
                bind.path(),
                bind.application(),
                upstream,
                meters.stats("site", HttpSite.name(bind.host())));
        Mode mode = bind.mode() == null ? upstream.api().mode() : bind.mode();
        site.plan(plan(upstream.api(), mode, bind, settings));
        sites.add(site);
      }
    }
    for (Upstream upstream : upstreams.values()) {
      ApiSettings api = upstream.api().settings();
      if (api.intercept()) {
        for (HostPattern host : api.hosts()) {
          HttpSite site =
              new HttpSite(
                  host, List.of(), null, null, upstream, meters.stats("site", HttpSite.name(host)));
          site.plan(plan(upstream.api(), upstream.api().mode(), null, settings));
          sites.add(site);
        }
      }
    }
    return sites;
  }

  private @Nullable Plan plan(Api api, Mode mode, @Nullable BindSettings bind, Settings settings) {
    boolean acts = mode == Mode.ON;
    if (mode == Mode.OFF) {
      return null;
    }
    LimitSettings limit = bind == null || !acts || !settings.flags().limits() ? null : bind.limit();
    Boolean said = bind == null ? null : bind.idempotent();
    return new Plan(
        api,
        true,
        acts && settings.flags().rotation(),
        said == null ? api.settings().retry().idempotent() : said,
        limit == null ? null : limits.named(limit, false),
        null,
        null,
        null,
        bind == null ? 1 : bind.share(),
        bind == null ? Need.ONE : need(bind),
        null);
  }

  private static Need need(BindSettings bind) {
    Urgency urgency = bind.urgency() == null ? Urgency.MEDIUM : bind.urgency();
    return new Need("", 0, 0, urgency, bind.key(), bind.tier(), null);
  }
}
