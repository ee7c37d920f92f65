package dev.rotor.runtime.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an API's {@code keys}: each a secret alone, or a mapping. No text of a key's secret is ever
 * shown, nor any text that stands where a secret is expected.
 */
final class KeyReader {
  private static final int DEFAULT_PRIORITY = 1;

  private final int replicas;
  private final Map<String, Place> seen = new HashMap<>();

  /** Limits are for so many processes together. */
  KeyReader(int replicas) {
    this.replicas = replicas;
  }

  /** The name of the key at a position, from 0, that has none of its own. */
  static String defaultName(int index) {
    return "key-" + (index + 1);
  }

  List<KeySettings> read(Setting keys, Reading reading) {
    List<KeySettings> read = new ArrayList<>();
    if (keys.value() instanceof YamlValue.Fields) {
      Section environment = Objects.requireNonNull(keys.confidential().section());
      EnvironmentKeys.read(environment, reading)
          .forEach((name, secret) -> read.add(shortForm(name, secret)));
      return read;
    }
    List<Setting> items = keys.confidential().itemsOrOne();
    for (int i = 0; i < items.size(); i++) {
      KeySettings key = read(items.get(i), defaultName(i));
      if (key != null) {
        read.add(key);
      }
    }
    return read;
  }

  private @Nullable KeySettings read(Setting item, String defaultName) {
    if (item.isText()) {
      Secret secret = secret(item);
      return secret != null && claim(defaultName, item) ? shortForm(defaultName, secret) : null;
    }
    if (item.isNothing()) {
      item.mistake("is empty; write a secret, such as `${API_KEY}`");
      return null;
    }
    Section section = item.section();
    return section == null ? null : read(section, item, defaultName);
  }

  private static KeySettings shortForm(String name, Secret secret) {
    return new KeySettings(
        name,
        secret,
        null,
        DEFAULT_PRIORITY,
        1,
        Rates.NONE,
        null,
        KeySettings.UNLIMITED,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of(),
        true);
  }

  private @Nullable KeySettings read(Section section, Setting item, String defaultName) {
    Setting nameSetting = section.get("name");
    String name = nameSetting == null ? defaultName : nameSetting.text();
    Setting secretSetting = section.get("secret");
    Secret secret = secretSetting == null ? null : secret(secretSetting);
    if (secretSetting == null) {
      section.mistake("has no `secret`; write one, such as `secret: ${API_KEY}`");
    }
    String account = section.text("account");
    int priority = section.count("priority", DEFAULT_PRIORITY, 0);
    String region = section.text("region");
    URI baseUrl = section.parse("base-url", HttpText::baseUrl);
    Map<String, String> headers = HttpText.headers(PolicyReader.subsection(section, "headers"));
    boolean enabled = section.flag("enabled", true);
    Setting quotaSetting = section.get("quota");
    QuotaSettings quota = quotaSetting == null ? null : QuotaReader.read(quotaSetting);
    Setting weightSetting = section.get("weight");
    Double weight = weightSetting == null ? null : weightSetting.decimal(0);
    Setting modelsSetting = section.get("models");
    List<String> models = modelsSetting == null ? List.of() : modelsSetting.each(text -> text);
    String tier = section.text("tier");
    Setting urgencySetting = section.get("urgency");
    Urgency urgency = urgencySetting == null ? null : urgencySetting.oneOf(Urgency.values());
    int concurrent = KeySettings.UNLIMITED;
    Section limits = PolicyReader.subsection(section, "limits");
    Rates rates = RatesReader.read(limits, replicas);
    if (limits != null) {
      concurrent = limits.count("concurrent", KeySettings.UNLIMITED, 1);
      concurrent =
          concurrent == KeySettings.UNLIMITED ? concurrent : Math.max(1, concurrent / replicas);
      limits.done();
    }
    section.done();
    if (name == null || !claim(name, nameSetting == null ? item : nameSetting) || secret == null) {
      return null;
    }
    return new KeySettings(
        name,
        secret,
        account,
        priority,
        weight == null ? 1 : weight,
        rates,
        quota,
        concurrent,
        models,
        tier,
        urgency,
        region,
        baseUrl,
        headers,
        enabled);
  }

  private boolean claim(String name, Setting at) {
    if (!NamePolicy.allows(name)) {
      at.mistake(NamePolicy.PROBLEM);
      return false;
    }
    Place earlier = seen.putIfAbsent(name, at.place());
    if (earlier != null) {
      at.mistake("another key of this API has the same name, `" + name + "` (" + earlier + ")");
      return false;
    }
    return true;
  }

  /** A secret, {@link Secret#isMissing missing} when a variable or file of it is not there. */
  private static @Nullable Secret secret(Setting setting) {
    Interpolation.Result result = setting.interpolated("a secret");
    if (result == null) {
      return null;
    }
    if (!result.missing().isEmpty()) {
      return Secret.missing(String.join(", ", result.missing()));
    }
    // Variables made from `echo KEY | base64` end with a line end that no secret has.
    String text = Interpolation.withoutLineEnd(result.text());
    if (text.isBlank()) {
      if (setting.value() instanceof YamlValue.Text raw && raw.text().contains("${")) {
        return Secret.missing(raw.text());
      }
      setting.mistake("is empty; write a secret, such as `${API_KEY}`");
      return null;
    }
    if (!HttpText.isOneLine(text)) {
      setting.mistake("the secret holds a line break or another control character");
      return null;
    }
    return Secret.of(text);
  }
}
