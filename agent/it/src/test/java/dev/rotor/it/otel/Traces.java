package dev.rotor.it.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the three attempts of a request look in traces. */
enum Traces {
  /** One span, that of the call, whose context every attempt carries. */
  ONE_SPAN("200", "0") {
    @Override
    void checkLinks(TracedCase one) {
      assertThat(one.spans()).extracting(ExportedSpan::parent).containsExactly(one.parent());
      String context = one.spans().get(0).traceparent();
      assertThat(one.traceparents()).containsExactly(context, context, context);
    }
  },
  /** A span for each attempt, side by side. */
  EACH_ATTEMPT("429 429 200", "0 0 0") {
    @Override
    void checkLinks(TracedCase one) {
      checkSideBySide(one);
    }
  },
  /** The same, numbered. */
  EACH_ATTEMPT_NUMBERED("429 429 200", "0 1 2") {
    @Override
    void checkLinks(TracedCase one) {
      checkSideBySide(one);
    }
  },
  /**
   * The first attempt's span is that of the call, too; further ones are sent from threads that know
   * nothing of the application's span, or that are still in the span of the attempt before.
   */
  CALL_AND_STRAYS("", "") {
    @Override
    void checkLinks(TracedCase one) {
      ExportedSpan call = one.spans().get(0);
      assertThat(call.status()).as("%s", one).isEqualTo(200);
      assertThat(call.parent()).as("%s", one).isEqualTo(one.parent());
      List<ExportedSpan> strays = one.spans().subList(1, one.spans().size());
      assertThat(strays).as("%s", one).hasSizeLessThanOrEqualTo(2);
      assertThat(strays).as("%s", one).allMatch(stray -> stray.parent().isEmpty());
      assertThat(traces(one)).as("%s", one).hasSize(one.spans().size());
      assertThat(one.traceparents().stream().distinct().toList())
          .as("%s", one)
          .containsExactlyElementsOf(one.spans().stream().map(ExportedSpan::traceparent).toList());
    }
  };

  private final String statuses;
  private final String resends;

  Traces(String statuses, String resends) {
    this.statuses = statuses;
    this.resends = resends;
  }

  static Traces expected(Order order, TracedCase one) {
    return switch (one.client()) {
      case "jdk-send" -> order == Order.ROTOR_FIRST ? ONE_SPAN : EACH_ATTEMPT;
      case "jdk-async" -> CALL_AND_STRAYS;
      case "url" -> EACH_ATTEMPT;
      default -> EACH_ATTEMPT_NUMBERED;
    };
  }

  /** Whether {@code url.full} of some span shows a key that is in the query. */
  static boolean showKeysInQueries(Order order, TracedCase one) {
    return switch (one.client()) {
      case "jdk-send" -> order == Order.OPENTELEMETRY_FIRST;
      case "jdk-async", "url" -> true;
      default -> false;
    };
  }

  void check(TracedCase one) {
    if (!statuses.isEmpty()) {
      assertThat(told(one, ExportedSpan::status)).as("%s", one).isEqualTo(statuses);
      assertThat(told(one, ExportedSpan::resends)).as("%s", one).isEqualTo(resends);
    }
    assertThat(one.spans().get(0).trace())
        .as("%s", one)
        .isEqualTo(one.seen().get("trace", one.spans().get(0).trace()));
    checkLinks(one);
  }

  private static String told(TracedCase one, Function<ExportedSpan, Integer> what) {
    return one.spans().stream().map(what).map(String::valueOf).collect(Collectors.joining(" "));
  }

  abstract void checkLinks(TracedCase one);

  private static void checkSideBySide(TracedCase one) {
    assertThat(one.spans())
        .extracting(ExportedSpan::parent)
        .as("%s", one)
        .containsOnly(one.parent());
    assertThat(traces(one)).as("%s", one).hasSize(one.isWithinSpan() ? 1 : 3);
    checkContexts(one);
  }

  /** Each attempt carries the context of its own span. */
  private static void checkContexts(TracedCase one) {
    assertThat(one.traceparents())
        .as("%s", one)
        .containsExactlyElementsOf(one.spans().stream().map(ExportedSpan::traceparent).toList());
  }

  private static Set<String> traces(TracedCase one) {
    return one.spans().stream().map(ExportedSpan::trace).collect(Collectors.toSet());
  }
}
