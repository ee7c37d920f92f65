package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.samples.stub.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The caller's own id of a request, as provider and application see it. */
class RequestIdsIT {

  private static final String HEADER = "x-client-request-id";
  private static final String ID = "req_[0-9a-z]{8}_[0-9a-f]{8}";
  private static final String OPENAI = "profile: openai\nhosts: [\"<host>\"]\n";
  private static final String TWO_KEYS =
      OPENAI + "keys: [" + Apis.ALPHA_KEY + ", " + Apis.BETA_KEY + "]\n";
  private static final String ONE_KEY = OPENAI + "keys: [" + Apis.ALPHA_KEY + "]\n";

  @TestFactory
  Stream<DynamicNode> requestsCarryIds() {
    return new Table()
        .row("one id in all attempts, another in the next call", TWO_KEYS, RequestIdsIT::attempts)
        .row("the application's own is kept", TWO_KEYS, RequestIdsIT::given)
        .row("an answer of Rotor's own has it", ONE_KEY, RequestIdsIT::refused)
        .row("switched off", TWO_KEYS + "request-id-header: off\n", RequestIdsIT::off)
        .run();
  }

  private static List<String> ids(Case it) {
    return it.provider().requests().stream().map(one -> one.header(HEADER)).toList();
  }

  private static void attempts(Case it) {
    it.provider().next(429, Map.of("retry-after", "7"), Apis.LIMITED);
    it.provider().next(503, Map.of(), "{}");
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    List<String> ids = ids(it);
    assertThat(ids).hasSize(4).allSatisfy(id -> assertThat(id).matches(ID));
    assertThat(ids.subList(0, 3)).containsOnly(ids.get(0));
    assertThat(ids.get(3)).isNotEqualTo(ids.get(0));
  }

  private static void given(Case it) {
    it.provider().next(429, Map.of("retry-after", "7"), Apis.LIMITED);
    assertThat(it.get("/echo").header("X-Client-Request-Id", "its-own").send().status())
        .isEqualTo(200);
    assertThat(it.provider().requests())
        .hasSize(2)
        .extracting(ReceivedRequest::headers)
        .allSatisfy(headers -> assertThat(headers.get(HEADER)).containsExactly("its-own"));
  }

  private static void refused(Case it) {
    it.provider().next(429, Map.of("retry-after", "30"), Apis.LIMITED);
    assertThat(it.get("/echo").send().text()).isEqualTo(Apis.LIMITED);
    Seen seen = it.get("/echo").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(seen.header(HEADER)).matches(ID).isNotEqualTo(ids(it).get(0));
    assertThat(seen.text()).contains("(request " + seen.header(HEADER) + ")");
    assertThat(ids(it)).as("no attempt").hasSize(1);
  }

  private static void off(Case it) {
    assertThat(it.get("/echo").send().status()).isEqualTo(200);
    assertThat(ids(it)).containsOnlyNulls().hasSize(1);
  }
}
