package dev.rotor.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code bind}: which method or host runs under which policies. */
final class BindReader {
  private final Set<String> apiNames;
  private final Map<String, ApiSettings> apis;
  private final Named<LimitSettings> limits;
  private final Named<CacheSettings> caches;

  /** Settings that a binding may name; {@code names} also holds those that could not be read. */
  record Named<T>(Set<String> names, Map<String, T> read) {}

  /** {@code apiNames} also holds those that could not be read, which are told already. */
  BindReader(
      Set<String> apiNames,
      Map<String, ApiSettings> apis,
      Named<LimitSettings> limits,
      Named<CacheSettings> caches) {
    this.apiNames = apiNames;
    this.apis = apis;
    this.limits = limits;
    this.caches = caches;
  }

  @Nullable BindSettings read(Setting setting) {
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    HostPattern host = section.parse("host", HostPattern::parse);
    MethodPattern method = section.parse("method", MethodPattern::parse);
    boolean hasHost = section.has("host");
    if (hasHost == section.has("method")) {
      section.mistake(
          hasHost
              ? "says both `host` and `method`; write a binding for each"
              : "must say a `host` or a `method`");
    }
    if (!hasHost) {
      section.mistakeAt("when", "goes with `host` only");
    }
    Section when = PolicyReader.subsection(section, "when");
    List<String> httpMethods = List.of();
    PathPattern path = null;
    ApplicationPattern application = null;
    if (when != null) {
      Setting methods = when.get("method");
      httpMethods = methods == null ? List.of() : methods.each(HttpText::method);
      path = when.parse("path", BindReader::path);
      application = when.parse("application", ApplicationPattern::of);
      when.done();
    }
    String rotate = rotate(section, host);
    String site = host != null ? host.toString() : String.valueOf(method);
    Setting limitSetting = section.get("limit");
    LimitSettings limit = limitSetting == null ? null : limit(site, limitSetting);
    Setting cacheSetting = section.get("cache");
    CacheSettings cache = cacheSetting == null ? null : cache(site, cacheSetting);
    if (!hasHost && !section.has("rotate") && limitSetting == null && cacheSetting == null) {
      section.mistake("binds nothing; say `rotate`, `limit` or `cache`");
    }
    Mode mode = PolicyReader.mode(section, null);
    double share = section.share("share", 1);
    Boolean idempotent = idempotent(section);
    Setting urgencySetting = section.get("urgency");
    Urgency urgency = urgencySetting == null ? null : urgencySetting.oneOf(Urgency.values());
    String key = key(section, rotate);
    String tier = tier(section, rotate);
    if (section.has("key")) {
      section.mistakeAt("tier", "goes without `key`, which says it all");
    }
    if (hasHost) {
      section.mistakeAt("affinity", "goes with `method` only; an API has one for its requests");
    }
    String affinity = section.parse("affinity", LimitReader::by);
    section.done();
    if ((host == null) == (method == null)) {
      return null;
    }
    return new BindSettings(
        setting.place().toString(),
        host,
        method,
        httpMethods,
        path,
        application,
        rotate,
        limit,
        cache,
        mode,
        share,
        idempotent,
        urgency,
        key,
        tier,
        affinity);
  }

  private @Nullable String key(Section section, @Nullable String api) {
    Setting setting = section.get("key");
    String key = setting == null ? null : setting.text();
    ApiSettings settings = api == null ? null : apis.get(api);
    if (setting == null || key == null || settings == null) {
      return key;
    }
    List<String> names = settings.keys().stream().map(KeySettings::name).toList();
    if (!names.contains(key)) {
      setting.mistake(
          "no key of `" + api + "` has the name " + setting.shown() + NearestName.hint(key, names));
      return null;
    }
    return key;
  }

  private @Nullable String tier(Section section, @Nullable String api) {
    Setting setting = section.get("tier");
    String tier = setting == null ? null : setting.text();
    ApiSettings settings = api == null ? null : apis.get(api);
    if (setting == null || tier == null || settings == null) {
      return tier;
    }
    List<String> tiers = new ArrayList<>();
    for (KeySettings key : settings.keys()) {
      if (key.tier() != null && !tiers.contains(key.tier())) {
        tiers.add(key.tier());
      }
    }
    if (!tiers.contains(tier)) {
      setting.mistake(
          "no key of `"
              + api
              + "` has the tier "
              + setting.shown()
              + NearestName.hint(tier, tiers));
      return null;
    }
    return tier;
  }

  static PathPattern path(String text) {
    if (text.startsWith("/") || text.startsWith("*")) {
      return PathPattern.of(text);
    }
    throw new MalformedTextException(text, "is not a path; it starts with `/`, as in `/repos/**`");
  }

  private @Nullable String rotate(Section section, @Nullable HostPattern host) {
    Setting setting = section.get("rotate");
    if (setting == null) {
      return host == null ? null : owner(section, host);
    }
    String api = setting.text();
    if (api == null) {
      return null;
    }
    if (!apiNames.contains(api)) {
      setting.mistake("unknown API " + setting.shown() + NearestName.hint(api, apiNames));
      return null;
    }
    ApiSettings settings = apis.get(api);
    if (host != null && settings != null && !owns(settings, host)) {
      setting.mistake(
          "%s is not among the hosts of `%s`, the only ones that its keys are sent to; add it to `apis.%s.hosts`"
              .formatted(shown(section), api, api));
    }
    return api;
  }

  private static String shown(Section section) {
    Setting host = section.get("host");
    return host == null ? "the host" : host.shown();
  }

  /** The API that a host belongs to: the first that has all of it, else the first with a part. */
  private @Nullable String owner(Section section, HostPattern host) {
    for (ApiSettings api : apis.values()) {
      for (HostPattern own : api.hosts()) {
        if (own.covers(host)) {
          return api.name();
        }
      }
    }
    for (ApiSettings api : apis.values()) {
      if (owns(api, host)) {
        return api.name();
      }
    }
    if (apis.size() == apiNames.size()) {
      section.mistakeAt(
          "host", shown(section) + " is not among the hosts of any API; add it to one's `hosts`");
    }
    return null;
  }

  private static boolean owns(ApiSettings api, HostPattern host) {
    for (HostPattern own : api.hosts()) {
      if (own.overlaps(host)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable LimitSettings limit(String site, Setting setting) {
    // A rate given in place is told from a limit's name by its slash, which no name has.
    boolean inPlace =
        !setting.isText()
            || (setting.value() instanceof YamlValue.Text text && text.text().indexOf('/') >= 0);
    return inPlace ? LimitReader.read(site, setting) : named("limit", limits, setting);
  }

  private @Nullable CacheSettings cache(String site, Setting setting) {
    return setting.isText() ? named("cache", caches, setting) : CacheReader.read(site, setting);
  }

  private static <T> @Nullable T named(String kind, Named<T> named, Setting setting) {
    String name = setting.text();
    if (name == null || named.names().contains(name)) {
      return name == null ? null : named.read().get(name);
    }
    setting.mistake(
        "unknown " + kind + " " + setting.shown() + NearestName.hint(name, named.names()));
    return null;
  }

  private static @Nullable Boolean idempotent(Section section) {
    Section retry = PolicyReader.subsection(section, "retry");
    if (retry == null) {
      return null;
    }
    Setting setting = retry.get("idempotent");
    Boolean idempotent = setting == null ? null : setting.flag();
    retry.done();
    return idempotent;
  }
}
