package com.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.KeyCounts;
import dev.rotor.samples.stub.StubProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LegacyAppTest {
  @Test
  void all_calls_go_well_while_the_key_is_under_its_limit() throws Exception {
    try (StubProvider provider = provider("100/1h")) {
      assertThat(run(provider, 50)).contains("summary calls=50 ok=50 failed=0 rate_limited=0 ");
      assertThat(provider.counts("old")).isEqualTo(new KeyCounts(40, 40, 0, 0, 0));
    }
  }

  @Test
  void calls_over_the_limit_fail_and_are_told() throws Exception {
    try (StubProvider provider = provider("10/1h")) {
      assertThat(run(provider, 50))
          .contains("summary calls=50 ok=20 failed=30 rate_limited=30 ")
          .contains("ApiException: embedding: status 429");
    }
  }

  private static StubProvider provider(String rate) {
    return StubProvider.builder().key("old", Credentials.KEY, rate).start();
  }

  private static String run(StubProvider provider, int calls) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      LegacyApp.main(new String[] {provider.url(), Integer.toString(calls)});
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
