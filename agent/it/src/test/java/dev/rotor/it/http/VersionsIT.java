package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Which version of an API requests go to, and what is told of the paths that go away. */
class VersionsIT {

  private static final String VERSIONS =
      """
      version: v2
      versions: {"/v1/echo/old/**": v1.1}
      deprecated: [{path: "/v1.1/echo/old/**", sunset: 2027-01-31}]
      """;

  @TestFactory
  Stream<DynamicNode> versions() {
    return new Table()
        .row("the version of the path is replaced", Apis.TWO_KEYS + VERSIONS, VersionsIT::replaced)
        .row("what the provider says of its end is told", Apis.ONE_KEY, VersionsIT::ending)
        .run();
  }

  private static void replaced(Case it) {
    it.provider().next(429, Map.of("retry-after", "7"), Apis.LIMITED);
    it.provider().next(200, Map.of(), "{}");
    Seen seen = it.post("/v1/a%20b?q=/v1/x%2Fy&n=1", "{}").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    it.provider().next(200, Map.of(), "{}");
    assertThat(it.get("/v1/echo/old/1").send().status()).isEqualTo(200);
    assertThat(it.get("/echo/v").send().status()).isEqualTo(200);
    List<ReceivedRequest> received = it.provider().requests();
    assertThat(received)
        .extracting(ReceivedRequest::path)
        .containsExactly("/v2/a%20b", "/v2/a%20b", "/v1.1/echo/old/1", "/echo/v");
    assertThat(received.get(1).query()).isEqualTo("q=/v1/x%2Fy&n=1");
    assertThat(received.get(1).text()).isEqualTo("{}");
    assertThat(it.application().told("apis." + it.api() + ": requests go to /v1.1/echo/old/**"))
        .singleElement()
        .asString()
        .contains("it may be gone from 2027-01-31");
  }

  private static void ending(Case it) {
    Map<String, String> headers =
        Map.of("deprecation", "@1688169599", "sunset", "Sun, 11 Nov 2029 23:59:59 GMT");
    for (int i = 0; i < 2; i++) {
      it.provider().next(200, headers, "{}");
      Seen seen = it.get("/v1/things?page=" + i).send();
      assertThat(seen.header("deprecation")).as("%s", seen).isEqualTo("@1688169599");
    }
    assertThat(it.application().told("apis." + it.api() + ": the provider says of /v1/things"))
        .singleElement()
        .asString()
        .contains("is deprecated as of 2023-06-30 and may be gone from 2029-11-11")
        .doesNotContain("page");
  }
}
