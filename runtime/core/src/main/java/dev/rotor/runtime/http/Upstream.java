package dev.rotor.runtime.http;

import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.call.Api;
import dev.rotor.runtime.config.ApiSettings;
import dev.rotor.runtime.config.HostPattern;
import dev.rotor.runtime.config.KeySettings;
import dev.rotor.runtime.config.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of an API's settings as its requests need them: hosts, profile, where the key goes
 * and whose credential it may replace. Made anew on reload. Thread-safe.
 */
public final class Upstream {

  private final Api api;
  private final ApiSettings settings;
  private final Profile profile;
  private final List<Secret> secrets;
  private final ReplaceRule replaces;
  private final Versions versions;
  private final Deprecations deprecations;
  private final BoundIds boundIds;
  private final Oddities oddities;
  private final @Nullable JsonReader affinity;

  /**
   * Creates the HTTP side of an API.
   *
   * @param formerSecrets of keys whose secret has changed since the start; the application may
   *     still send them
   * @param deprecations what was told of this API's paths
   * @param boundIds whose the ids are that live in one account
   * @param oddities what could not be understood in its answers
   */
  public Upstream(
      Api api,
      ApiSettings settings,
      Profile profile,
      List<Secret> formerSecrets,
      Deprecations deprecations,
      BoundIds boundIds,
      Oddities oddities) {
    this.api = api;
    this.settings = settings;
    this.profile = profile;
    this.versions = new Versions(settings.versions());
    this.deprecations = deprecations;
    this.boundIds = boundIds;
    this.oddities = oddities;
    String pointer = settings.affinity() == null ? null : settings.affinity().body();
    this.affinity = pointer == null ? null : JsonReader.of(List.of(pointer));
    List<Secret> all = new ArrayList<>(formerSecrets);
    settings.keys().forEach(key -> all.add(key.secret()));
    this.secrets = all.stream().filter(secret -> !secret.isMissing()).distinct().toList();
    this.replaces = ReplaceRule.of(settings.replaces(), secrets, settings.applicationKeys());
  }

  /** Whether the body says what a key is to be taken for. */
  boolean readsBody() {
    return profile.laneNeedsBody()
        || profile.boundIdNeedsBody()
        || affinity != null
        || (api.keys().countsTokens() && profile.estimateNeedsBody());
  }

  BoundIds boundIds() {
    return boundIds;
  }

  Oddities oddities() {
    return oddities;
  }

  /**
   * What a request asks of a key.
   *
   * @param site what its site asks
   * @param body when {@link #readsBody} and it is at hand
   */
  Need need(Need site, Request request, byte @Nullable [] body) {
    String lane = profile.lane(request, body);
    Need need = lane == null ? site : site.inLane(api.keys().laneName(lane));
    if (body != null && api.keys().countsTokens()) {
      Estimate estimate = profile.estimate(body);
      need = need.withTokens(estimate.input(), estimate.output());
    }
    String shared = shared(request, body);
    return shared == null ? need : need.sharing(shared);
  }

  /** What this request has in common with others that are to keep one key; null: nothing. */
  private @Nullable String shared(Request request, byte @Nullable [] body) {
    if (settings.affinity() == null) {
      return null;
    }
    String header = settings.affinity().header();
    if (header != null) {
      return request.first(header);
    }
    return affinity == null || body == null ? null : affinity.first(body);
  }

  public Api api() {
    return api;
  }

  Profile profile() {
    return profile;
  }

  ApiSettings settings() {
    return settings;
  }

  /** Of its keys, as they are and as they were since the start. */
  List<Secret> secrets() {
    return secrets;
  }

  /** Whether the API's keys may be sent to this address: rule 1. */
  boolean covers(URI address) {
    String host = address.getHost();
    if (host == null) {
      return false;
    }
    int port = port(address);
    for (HostPattern pattern : settings.hosts()) {
      if (pattern.matches(host, port)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a request is for the API's hosts: a binding may be wider than those, and a {@code Host}
   * header that names somebody else could lead the key to him.
   */
  boolean isAddressed(Request request) {
    URI address = request.uri();
    if (!covers(address)) {
      return false;
    }
    String named = request.first("Host");
    return named == null
        || (named.equals(address.getRawAuthority()) && address.getRawUserInfo() == null)
        || isOwn(named.strip(), address.getScheme());
  }

  private boolean isOwn(String named, String scheme) {
    try {
      URI host = URI.create(scheme + "://" + named);
      return named.equals(host.getRawAuthority()) && host.getRawUserInfo() == null && covers(host);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** Whether this header is one that the file has an attempt carry. */
  boolean adds(String name, String value) {
    if (isIn(settings.headers(), name, value)) {
      return true;
    }
    for (KeySettings key : settings.keys()) {
      if (isIn(key.headers(), name, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Map<String, String> headers, String name, String value) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name) && header.getValue().equals(value.strip())) {
        return true;
      }
    }
    return false;
  }

  static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  /**
   * Whether whatever credential the application put there may be replaced by one of this API's
   * keys.
   */
  boolean mayReplace(Request request) {
    return replaces.allows(profile.placement(), request, request.uri());
  }

  /**
   * Where an attempt with this key goes; the credential is not in it yet.
   *
   * @return null: the key's base URL leads to a host that is not the API's
   */
  @Nullable URI target(Request request, KeySettings key) {
    URI target = request.uri();
    if (key.baseUrl() != null) {
      target = BaseUrl.rebase(target, settings.baseUrl(), key.baseUrl());
    }
    if (!covers(target)) {
      return null;
    }
    deprecations.asked(() -> addressed(request), settings.deprecated());
    return versions.applied(target, request.uri());
  }

  /**
   * What an attempt with this key changes, but for where it goes.
   *
   * @param target where that is
   */
  RequestEdit place(
      Request request,
      URI target,
      KeySettings key,
      Secret secret,
      @Nullable String idempotencyKey,
      @Nullable RequestId requestId) {
    KeyPlacement placement = profile.placement();
    Map<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    set.putAll(settings.headers());
    set.putAll(key.headers());
    if (idempotencyKey != null && settings.idempotencyHeader() != null) {
      set.put(settings.idempotencyHeader(), idempotencyKey);
    }
    if (requestId != null) {
      set.putAll(requestId.toSet(request));
    }
    if (placement.headerName() != null) {
      set.put(placement.headerName(), placement.headerValue(secret));
    }
    List<String> remove = placement.alternatives();
    if (request.first("Host") != null && !BaseUrl.sameOrigin(target, request.uri())) {
      // it names the host that the request does not go to any more; clients make their own
      remove = new ArrayList<>(remove);
      remove.add("Host");
    }
    return new RequestEdit(placement.withKey(target, secret), set, remove);
  }

  /** An answer of the API's to this request. */
  void answered(Request request, Headers headers) {
    deprecations.answered(() -> addressed(request), headers, secrets);
  }

  /** What the request is for, by whatever base URL it is sent. */
  private URI addressed(Request request) {
    return versions.applied(request.uri(), request.uri());
  }
}
