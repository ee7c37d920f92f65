package dev.rotor.runtime.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one API: its profile, hosts and keys, and its policies over the defaults. */
final class ApiReader {
  private static final String SHA256 = "sha256:";
  private static final int SHA256_DIGITS = 64;

  private final ProfileReader profiles;
  private final Policies defaults;
  private final @Nullable Mode mode;
  private final int replicas;

  /** The mode is that of the whole file, and so is the number of processes. */
  ApiReader(ProfileReader profiles, Policies defaults, @Nullable Mode mode, int replicas) {
    this.profiles = profiles;
    this.defaults = defaults;
    this.mode = mode;
    this.replicas = replicas;
  }

  /** The API, or null after a mistake that leaves none. */
  @Nullable ApiSettings read(String name, Setting setting) {
    if (!NamePolicy.allows(name)) {
      setting.mistake(NamePolicy.PROBLEM);
    }
    Section section = setting.section();
    if (section == null) {
      return null;
    }
    ProfileSettings profile = profiles.read(name, section);
    Setting hostsSetting = section.get("hosts");
    List<HostPattern> hosts =
        hostsSetting == null ? List.of() : hostsSetting.each(HostPattern::parse);
    URI baseUrl = section.parse("base-url", HttpText::baseUrl);
    Setting keysSetting = section.get("keys");
    List<KeySettings> keys =
        keysSetting == null
            ? List.of()
            : new KeyReader(replicas).read(keysSetting, profiles.reading());
    List<String> applicationKeys = applicationKeys(section);
    Map<String, String> headers = HttpText.headers(PolicyReader.subsection(section, "headers"));
    Policies policies = PolicyReader.read(section, defaults);
    List<Map<String, String>> fixed = new ArrayList<>(List.of(headers));
    keys.forEach(key -> fixed.add(key.headers()));
    String requestIdHeader =
        RequestIdReader.read(section, profile, policies.idempotencyHeader(), fixed);
    VersionSettings versions = VersionReader.versions(section);
    List<DeprecatedPath> deprecated = VersionReader.deprecated(section);
    Section limitsSection = PolicyReader.subsection(section, "limits");
    Rates limits = RatesReader.read(limitsSection, replicas);
    if (limitsSection != null) {
      limitsSection.done();
    }
    AffinitySource affinity = affinity(section);
    section.notYet("quota", "models");
    section.done();
    checkKeys(section, keysSetting, keys, policies);
    if (profile == null) {
      return null;
    }
    Set<HostPattern> all = hosts(hostsSetting, hosts, profile, baseUrl, keys);
    if (all.isEmpty() && hostsSetting == null) {
      section.mistake(
          "has no hosts, so no request is its own; say `hosts: [api.example.com]` or `base-url`");
    }
    return new ApiSettings(
        name,
        policies.mode(),
        profile,
        List.copyOf(all),
        baseUrl == null ? profilesBaseUrl(profile, all) : baseUrl,
        policies.strategy(),
        affinity,
        keys,
        limits,
        policies.replaces(),
        applicationKeys,
        headers,
        policies.cooldown(),
        policies.rotateMax(),
        policies.retry(),
        policies.waiting(),
        policies.deadline(),
        policies.breaker(),
        policies.intercept(),
        policies.idempotencyHeader(),
        requestIdHeader,
        versions,
        deprecated);
  }

  private static @Nullable AffinitySource affinity(Section section) {
    Section affinity = PolicyReader.subsection(section, "affinity");
    if (affinity == null) {
      return null;
    }
    String header = affinity.parse("header", HttpText::header);
    String body = affinity.parse("body", HttpText::pointer);
    affinity.done();
    if (affinity.has("header") == affinity.has("body")) {
      affinity.mistake("must say one of `header` and `body`");
      return null;
    }
    return header == null && body == null ? null : new AffinitySource(header, body);
  }

  private static Set<HostPattern> hosts(
      @Nullable Setting said,
      List<HostPattern> hosts,
      ProfileSettings profile,
      @Nullable URI baseUrl,
      List<KeySettings> keys) {
    Set<HostPattern> all = new LinkedHashSet<>(said == null ? profile.hosts() : hosts);
    if (said == null && profile.baseUrl() != null) {
      all.add(HostPattern.of(profile.baseUrl()));
    }
    if (baseUrl != null) {
      all.add(HostPattern.of(baseUrl));
    }
    for (KeySettings key : keys) {
      if (key.baseUrl() != null) {
        all.add(HostPattern.of(key.baseUrl()));
      }
    }
    if (said != null && said.itemsOrOne().isEmpty()) {
      said.mistake("is empty; say at least one host, or leave it out for the profile's own");
    }
    return all;
  }

  /** Where an API has hosts of its own, its profile's base URL may not be one of them. */
  private static @Nullable URI profilesBaseUrl(ProfileSettings profile, Set<HostPattern> hosts) {
    URI url = profile.baseUrl();
    if (url == null) {
      return null;
    }
    for (HostPattern host : hosts) {
      if (host.covers(HostPattern.of(url))) {
        return url;
      }
    }
    return null;
  }

  private void checkKeys(
      Section section, @Nullable Setting said, List<KeySettings> keys, Policies policies) {
    Mode effective = policies.mode() == null ? mode : policies.mode();
    if (effective == Mode.OFF) {
      return;
    }
    if (said == null || said.isNothing()) {
      section.mistake("has no `keys`; write them as `keys: [\"${KEY_1}\", \"${KEY_2}\"]`");
      return;
    }
    if (keys.isEmpty()) {
      if (said.value() instanceof YamlValue.Items items && items.values().isEmpty()) {
        said.mistake("is empty; write at least one, such as `[\"${API_KEY}\"]`");
      }
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (KeySettings key : keys) {
      if (key.enabled() && !key.secret().isMissing()) {
        return;
      }
      reasons.add(
          "`" + key.name() + "` " + (key.enabled() ? "needs " + key.secret().origin() : "is off"));
    }
    said.mistake("no key is usable: " + String.join("; ", reasons));
  }

  private static List<String> applicationKeys(Section section) {
    Setting setting = section.get("application-keys");
    List<String> read = new ArrayList<>();
    if (setting == null) {
      return read;
    }
    for (Setting item : setting.confidential().itemsOrOne()) {
      String key = item.text();
      if (key == null) {
        continue;
      }
      if (!key.startsWith(SHA256)) {
        read.add(key);
      } else if (isHash(key.substring(SHA256.length()))) {
        read.add(key.toLowerCase(Locale.ROOT));
      } else {
        item.mistake("after `sha256:` there must stand 64 hexadecimal digits");
      }
    }
    return read;
  }

  private static boolean isHash(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), 16) < 0) {
        return false;
      }
    }
    return digits.length() == SHA256_DIGITS;
  }
}
