package dev.rotor.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.HttpProgram;
import com.example.it.http.Words;
import dev.rotor.it.harness.ChildJvm;
import dev.rotor.it.http.Apis;
import dev.rotor.it.http.Application;
import dev.rotor.it.http.Keys;
import dev.rotor.it.http.Seen;
import dev.rotor.it.http.Sending;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.ScriptedStream;
import dev.rotor.samples.stub.StubProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which key a request has to have, by what its body says. */
class AffinityIT {

  private static final List<String> CLIENTS =
      List.of("jdk-send", "jdk-async", "url", "okhttp", "okhttp-enqueue");

  private static final List<String> ONE_FOR_EACH_KEY =
      List.of("jdk-send", "jdk-async", "okhttp", "okhttp-enqueue");

  private static final String API =
      """
      apis:
        api:
          profile: openai
          hosts: ["127.0.0.1:<port>"]
          base-url: <url>/v1
          strategy: round-robin
          wait: 0s
          affinity: {body: /user}
          keys:
            - {name: alpha, secret: "${KEY_ALPHA}"}
            - {name: beta, secret: "${KEY_BETA}"}
            - {name: gamma, secret: "${KEY_GAMMA}"}
            - {name: delta, secret: "${KEY_DELTA}"}
      """;

  private static final Map<String, String> LONG = Map.of("retry-after", "300");

  private StubProvider provider;
  private Application application;

  @BeforeEach
  void start() {
    provider = Keys.provider();
    application =
        Application.start(
            ChildJvm.running(HttpProgram.class)
                .classPath(
                    ChildJvm.location(OkHttpClient.class),
                    ChildJvm.location(okio.Buffer.class),
                    ChildJvm.location(kotlin.Unit.class))
                .keys(Keys.all())
                .config(
                    API.replace("<url>", provider.url())
                        .replace("<port>", Integer.toString(provider.port()))));
  }

  @AfterEach
  void end() {
    try {
      assertThat(application.end().err()).doesNotContain("a fault inside Rotor");
    } finally {
      application.close();
      provider.close();
    }
  }

  @Test
  void requestsOfOneUserKeepOneKey() {
    Set<String> homes = new HashSet<>();
    for (int user = 0; user < 16; user++) {
      String of = "user-" + user;
      List<String> keys = CLIENTS.stream().map(client -> chat(client, of)).distinct().toList();
      assertThat(keys).as(of).hasSize(1);
      homes.addAll(keys);
    }
    assertThat(homes).as("users have their own").hasSize(4);
  }

  @Test
  void aUserWhoseKeyRestsTakesAnotherAndOthersKeepTheirs() {
    List<String> users = IntStream.range(0, 16).mapToObj(it -> "user-" + it).toList();
    List<String> homes = users.stream().map(it -> chat("okhttp", it)).toList();
    provider.nextFor("beta", 429, LONG, Apis.LIMITED);
    for (int i = 0; i < users.size(); i++) {
      String now = chat("jdk-send", users.get(i));
      if (homes.get(i).equals("beta")) {
        assertThat(now).as(users.get(i)).isNotEqualTo("beta");
      } else {
        assertThat(now).as(users.get(i)).isEqualTo(homes.get(i));
      }
    }
    assertThat(homes).contains("beta");
  }

  @Test
  void requestsWithoutUserTakeTheirTurns() {
    List<String> keys = IntStream.range(0, 8).mapToObj(it -> chat("url", null)).toList();
    assertThat(keys.subList(0, 4)).containsExactlyInAnyOrder("alpha", "beta", "gamma", "delta");
    assertThat(keys.subList(4, 8)).isEqualTo(keys.subList(0, 4));
  }

  @Test
  void aResponseGoesOnWithTheKeyThatMadeIt() {
    for (String client : CLIENTS) {
      String first = response(client, "resp_1a_" + client, "");
      String other = response(client, "resp_2b_" + client, "");
      assertThat(other).as("in turn").isNotEqualTo(first);
      // whatever the turn, and whoever asks
      for (String next : CLIENTS) {
        assertThat(following(next, "resp_1a_" + client)).as(next).isEqualTo(first);
        assertThat(following(next, "resp_2b_" + client)).as(next).isEqualTo(other);
      }
      provider.next(200, Map.of(), "{}");
      send(client, "GET", "/responses/resp_1a_" + client, "");
      assertThat(lastKey()).as("by its path").isEqualTo(first);
    }
  }

  @Test
  void soDoesOneThatWasStreamed() {
    for (String client : CLIENTS) {
      String id = "resp_streamed_" + client;
      ScriptedStream stream = provider.nextStream();
      for (String event : List.of("created", "completed")) {
        stream.event(
            "{\"type\": \"response." + event + "\", \"response\": {\"id\": \"" + id + "\"}}");
      }
      stream.end();
      Seen seen = send(client, "POST", "/responses", "{\"model\": \"gpt-4o\", \"stream\": true}");
      assertThat(seen.status()).isEqualTo(200);
      String made = lastKey();
      for (String next : CLIENTS) {
        assertThat(following(next, id)).as(next).isEqualTo(made);
      }
    }
  }

  /** Each time with another key, as the one before rests. */
  @Test
  void aRefusedRequestOfAnotherResponseIsNotRotated() {
    for (String client : ONE_FOR_EACH_KEY) {
      String id = "resp_bound_" + client;
      String made = response(client, id, "");
      provider.nextFor(made, 429, LONG, Apis.LIMITED);
      assertRefusedOnce(client, id);
      assertThat(lastKey()).isEqualTo(made);
    }
  }

  @Test
  void norIsOneOfAResponseThatNobodyHasSeenMade() {
    for (String client : ONE_FOR_EACH_KEY) {
      provider.next(429, LONG, Apis.LIMITED);
      assertRefusedOnce(client, "resp_of_another_process");
    }
  }

  private void assertRefusedOnce(String client, String previous) {
    int before = provider.requests().size();
    Seen seen =
        send(client, "POST", "/responses", "{\"previous_response_id\": \"" + previous + "\"}");
    assertThat(seen.status()).as("%s", seen).isEqualTo(429);
    assertThat(provider.requests()).hasSize(before + 1);
  }

  /** By which key a response was made. */
  private String response(String client, String id, String more) {
    provider.next(200, Map.of(), "{\"id\": \"" + id + "\", \"object\": \"response\"}");
    Seen seen = send(client, "POST", "/responses", "{\"model\": \"gpt-4o\"" + more + "}");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    return lastKey();
  }

  private String following(String client, String id) {
    return response(client, "resp_next_" + id, ", \"previous_response_id\": \"" + id + "\"");
  }

  /** With which key a chat was answered in the end. */
  private String chat(String client, String user) {
    String whose = user == null ? "" : ", \"user\": \"" + user + "\"";
    Seen seen = send(client, "POST", "/chat/completions", "{\"model\": \"gpt-4o\"" + whose + "}");
    assertThat(seen.status()).as("%s", seen).isEqualTo(200);
    return lastKey();
  }

  private Seen send(String client, String method, String path, String text) {
    Words words =
        new Words()
            .with("client", client)
            .with("method", method)
            .with("url", provider.url() + "/v1" + path);
    Sending sending = new Sending(application::ask, words);
    return (method.equals("GET") ? sending : sending.text(text)).send();
  }

  private String lastKey() {
    List<ReceivedRequest> requests = provider.requests();
    return requests.get(requests.size() - 1).key();
  }
}
