package dev.rotor.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code strategy}, {@code region} and {@code regions}, of an API or of the defaults. */
final class StrategyReader {
  private StrategyReader() {}

  static StrategySettings read(Section section, StrategySettings base) {
    StrategyKind kind = base.kind();
    String ownClass = base.ownClass();
    Setting setting = section.get("strategy");
    if (setting != null && setting.isText()) {
      StrategyKind said = setting.oneOf(StrategyKind.values());
      kind = said == null ? kind : said;
      ownClass = said == null ? ownClass : null;
    } else if (setting != null) {
      Section own = setting.section();
      if (own != null) {
        ownClass = own.parse("class", StrategyReader::className);
        if (!own.has("class")) {
          own.mistake("has no `class`; name one of the extensions, or a strategy in one word");
        }
        own.done();
      }
    }
    String region = section.text("region");
    Map<String, List<String>> regions = new LinkedHashMap<>(base.regions());
    Section orders = PolicyReader.subsection(section, "regions");
    if (orders != null) {
      orders.named().forEach((name, order) -> regions.put(name, order.each(text -> text)));
    }
    StrategySettings read =
        new StrategySettings(kind, ownClass, region == null ? base.region() : region, regions);
    if (read.kind() == StrategyKind.NEAREST && read.ownClass() == null && read.region() == null) {
      section.mistakeAt(
          "strategy", "needs the own region; say it, such as `region: ${AWS_REGION:us-east-1}`");
    }
    return read;
  }

  private static String className(String text) {
    if (!MethodPattern.isQualifiedName(text)) {
      throw new MalformedTextException(text, "is not the name of a class");
    }
    return text;
  }
}
