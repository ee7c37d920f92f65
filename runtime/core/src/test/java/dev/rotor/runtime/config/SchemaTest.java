package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.config.YamlValue.Field;
import dev.rotor.runtime.config.YamlValue.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the JSON Schema to the reader: what the reader names as allowed when it meets an unknown
 * setting, or an unknown value, is what the schema allows.
 */
class SchemaTest {
  private static final Path SCHEMA = Path.of("../../docs/rotor.schema.json");
  private static final String UNKNOWN = "qqqqqqqqqqqq";

  @TempDir Path directory;

  /** Each line: a definition of the schema, and a file with an unknown setting in its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                        | {?: x}
          defaults      | {defaults: {?: x}}
          api           | {apis: {openai: {keys: k, ?: x}}}
          key           | {apis: {openai: {keys: [{secret: k, ?: x}]}}}
          ownStrategy   | {defaults: {strategy: {class: a.B, ?: x}}}
          affinity      | {apis: {openai: {keys: k, affinity: {body: /a, ?: x}}}}
          apiLimits     | {apis: {openai: {keys: k, limits: {?: x}}}}
          laneLimits    | {apis: {openai: {keys: k, limits: {lanes: {a: {?: x}}}}}}
          quota         | {apis: {openai: {keys: [{secret: k, quota: {daily: 5, ?: x}}]}}}
          quotaAmounts  | {apis: {openai: {keys: [{secret: k, quota: {daily: {requests: 5, ?: x}}}]}}}
          prices        | {apis: {openai: {keys: [{secret: k, quota: {daily: 5, prices: {input: 1, ?: x}}}]}}}
          environmentKeys | {apis: {openai: {keys: {environment: a, ?: x}}}}
          keyLimits     | {apis: {openai: {keys: [{secret: k, limits: {?: x}}]}}}
          deprecatedPath | {apis: {openai: {keys: k, deprecated: [{path: /a, ?: x}]}}}
          rotate        | {defaults: {rotate: {?: x}}}
          retry         | {defaults: {retry: {?: x}}}
          wait          | {defaults: {wait: {?: x}}}
          breaker       | {defaults: {circuit-breaker: {?: x}}}
          profile       | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, ?: x}}}}
          placement     | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k, ?: x}}}}}
          lane          | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, lane: {body: /m, ?: x}}}}}
          remaining     | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, remaining: [{remaining: a, reset: b, ?: x}]}}}}
          words         | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, words: {?: x}}}}}
          usage         | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, usage: {?: x}}}}}
          boundIds      | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, bound-ids: {?: x}}}}}
          estimate      | {apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, estimate: {?: x}}}}}
          limitSettings | {limits: {a: {rate: 1/1s, ?: x}}}
          cacheSettings | {caches: {a: {?: x}}}
          bind          | {bind: [{method: a.B#c, limit: 1/1s, ?: x}]}
          when          | {apis: {openai: {keys: k}}, bind: [{host: api.openai.com, when: {?: x}}]}
          bindRetry     | {apis: {openai: {keys: k}}, bind: [{host: api.openai.com, retry: {?: x}}]}
          flags         | {flags: {?: x}}
          """)
  void theSchemaAllowsTheSettingsThatTheReaderAllows(String definition, String yaml)
      throws IOException {
    assertThat(propertiesOf(definition == null ? "" : definition))
        .isEqualTo(toldAsAllowed(yaml.replace("?", UNKNOWN)));
  }

  @ParameterizedTest
  @CsvSource({"strategy", "replaces", "mode"})
  void theSchemaAllowsTheValuesThatTheReaderAllows(String setting) throws IOException {
    String schema = Files.readString(SCHEMA);
    assertThat(toldAsAllowed("defaults: {" + setting + ": " + UNKNOWN + "}"))
        .isNotEmpty()
        .allMatch(value -> schema.contains("\"" + value + "\""));
  }

  @ParameterizedTest
  @CsvSource({"counts", "refill"})
  void theSchemaAllowsTheValuesOfAProfilesLimits(String setting) throws IOException {
    String schema = Files.readString(SCHEMA);
    String limit = "{remaining: a, reset: b, " + setting + ": " + UNKNOWN + "}";
    assertThat(
            toldAsAllowed(
                "{apis: {a: {hosts: h, keys: k, profile: {key: {query: k}, remaining: ["
                    + limit
                    + "]}}}}"))
        .isNotEmpty()
        .allMatch(value -> schema.contains("\"" + value + "\""));
  }

  @Test
  void everyDefinitionWithSettingsIsHeldToTheReader() throws IOException {
    List<String> withProperties = new ArrayList<>();
    Fields definitions = fields(schema(), "$defs");
    for (String name : definitions.byName().keySet()) {
      if (fields(definitions, name).byName().containsKey("properties")) {
        withProperties.add(name);
      }
    }
    assertThat(withProperties).hasSize(31);
  }

  private Set<String> toldAsAllowed(String yaml) {
    List<String> mistakes =
        new ConfigFixture(directory).set("PROVIDER_A_API_KEY", "k").mistakes(yaml);
    assertThat(mistakes).hasSize(1);
    String mistake = mistakes.get(0);
    int start = Math.max(mistake.indexOf("allowed: "), mistake.indexOf("must be one of "));
    Matcher names = Pattern.compile("`([^`]+)`").matcher(mistake.substring(Math.max(start, 0)));
    Set<String> allowed = new TreeSet<>();
    for (MatchResult name : names.results().toList()) {
      allowed.add(name.group(1));
    }
    return allowed;
  }

  private static Set<String> propertiesOf(String definition) throws IOException {
    Fields schema = schema();
    Fields holder = definition.isEmpty() ? schema : fields(fields(schema, "$defs"), definition);
    return new TreeSet<>(fields(holder, "properties").byName().keySet());
  }

  private static Fields fields(Fields parent, String name) {
    Field field = Objects.requireNonNull(parent.byName().get(name), name);
    return (Fields) field.value();
  }

  /** JSON is YAML. */
  private static Fields schema() throws IOException {
    Mistakes mistakes = new Mistakes();
    Fields schema =
        YamlDocument.parse(new Source("schema", null), Files.readString(SCHEMA), mistakes);
    assertThat(mistakes.count()).isZero();
    return Objects.requireNonNull(schema);
  }
}
