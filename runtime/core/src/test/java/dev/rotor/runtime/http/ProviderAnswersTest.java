package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.call.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real answers of the providers, and what their profiles make of them: a table in a file of its
 * own. Of each case {@code >} is the request, {@code <} the answer, and {@code =} all that is read
 * from the two.
 */
class ProviderAnswersTest {

  static Stream<Case> answers() throws IOException {
    return cases("provider-answers.txt");
  }

  static Stream<Case> badAnswers() throws IOException {
    return cases("bad-answers.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void aProvidersAnswerIsRead(Case it) {
    assertThat(it.read()).containsExactlyElementsOf(it.expected);
    assertThat(it.odd).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badAnswers")
  void whatCannotBeBelievedIsLeftOutOrBounded(Case it) {
    assertThat(it.read()).containsExactlyElementsOf(it.expected);
  }

  private static Stream<Case> cases(String file) throws IOException {
    try (InputStream in = ProviderAnswersTest.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String part : text.split("(?m)^## ", -1)) {
        if (part.contains("\n= ")) {
          cases.add(new Case(part.lines().toList()));
        }
      }
      return cases.stream();
    }
  }

  private static final class Case {
    private final String title;
    private final Profile profile;
    private final FakeRequest request;
    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final List<String> expected;
    private final List<Oddity> odd = new ArrayList<>();

    Case(List<String> lines) {
      title = lines.get(0);
      profile = ShippedProfiles.named(title.substring(0, title.indexOf(':')));
      List<String> asked = marked(lines, '>');
      String[] first = asked.get(0).split(" ", -1);
      String sent = String.join("\n", asked.subList(1, asked.size()));
      request = new FakeRequest(first[0], URI.create(first[1]), Map.of(), true, sent);
      List<String> answered = marked(lines, '<');
      status = Integer.parseInt(answered.get(0));
      Map<String, String> read = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      int at = 1;
      for (; at < answered.size() && !answered.get(at).isEmpty(); at++) {
        String[] header = answered.get(at).split(": ?", 2);
        read.put(header[0], header[1]);
      }
      read.putIfAbsent("Content-Type", "application/json");
      headers = read::get;
      body =
          Providers.body(
              String.join(
                  "\n", answered.subList(Math.min(at + 1, answered.size()), answered.size())));
      expected = marked(lines, '=');
    }

    private static List<String> marked(List<String> lines, char mark) {
      return lines.stream()
          .filter(line -> !line.isEmpty() && line.charAt(0) == mark)
          .map(line -> line.substring(Math.min(2, line.length())))
          .toList();
    }

    List<String> read() {
      List<String> told = new ArrayList<>();
      byte[] sent = Providers.body(request.text());
      Verdict verdict =
          profile.classify(status, headers, profile.needsBody(request, status) ? body : null);
      told.add(written(verdict));
      add(told, "lane", profile.lane(request, sent));
      for (LimitTold limit : profile.limits(headers, odd::add)) {
        told.add(
            "limit %s: %s %d of %d in %s%s"
                .formatted(
                    limit.name(),
                    limit.kind().name().toLowerCase(java.util.Locale.ROOT),
                    limit.remaining(),
                    limit.limit(),
                    duration(limit.resetNanos()),
                    limit.even() ? ", evenly" : ""));
      }
      UsageScan scan = profile.usageScan(request, headers, odd::add);
      profile.oddWaits(headers, odd::add);
      if (scan != null) {
        scan.read(body, 0, body.length);
        add(told, "usage", scan.end(true));
        if (scan.refusal() != null) {
          told.add("refused in the stream: " + written(scan.refusal()));
        }
      }
      add(told, "request", profile.requestId(headers));
      add(told, "account", profile.account(headers));
      add(told, "bound to", profile.boundIdOf(request, sent));
      add(told, "makes", scan == null ? null : scan.madeId());
      return told;
    }

    private static String written(Verdict verdict) {
      return verdict.outcome()
          + (verdict.restNanos() < 0 ? "" : " for " + duration(verdict.restNanos()))
          + (verdict.exhausted() ? ", exhausted" : "");
    }

    private static String duration(long nanos) {
      return nanos < 0 ? "?" : Duration.ofNanos(nanos).toString();
    }

    private static void add(List<String> told, String what, @Nullable Object value) {
      if (value instanceof Usage usage) {
        told.add("usage %d + %d = %d".formatted(usage.input(), usage.output(), usage.total()));
      } else if (value != null) {
        told.add(what + ' ' + value);
      }
    }

    @Override
    public String toString() {
      return title;
    }
  }
}
