package com.example.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.KeyCounts;
import dev.rotor.samples.stub.StubProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnnotatedAppTest {
  @Test
  void without_the_agent_the_annotations_do_nothing() throws Exception {
    try (StubProvider provider = provider("100/1h")) {
      assertThat(run(provider, 50)).contains("summary calls=50 ok=50 failed=0 rate_limited=0 ");
      assertThat(provider.counts("own")).isEqualTo(new KeyCounts(30, 30, 0, 0, 0));
    }
  }

  @Test
  void calls_over_the_limit_fail_and_are_told() throws Exception {
    try (StubProvider provider = provider("10/1h")) {
      assertThat(run(provider, 50))
          .contains("summary calls=50 ok=30 failed=20 rate_limited=20 ")
          .contains("20 x com.example.annotated.ApiException: status 429");
    }
  }

  private static StubProvider provider(String rate) {
    return StubProvider.builder().key("own", "sk-annotated-0001", rate).start();
  }

  private static String run(StubProvider provider, int calls) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      AnnotatedApp.main(new String[] {provider.url(), Integer.toString(calls)});
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
