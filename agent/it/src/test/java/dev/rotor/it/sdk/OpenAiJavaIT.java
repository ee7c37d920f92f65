package dev.rotor.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.it.http.Words;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** OpenAI's own SDK. */
class OpenAiJavaIT {

  private static final String SERVICES = "com.openai.services.";

  private static final List<Way> WAYS =
      List.of(
          Way.chat("chat", SERVICES + "blocking.chat.ChatCompletionService#create(..)"),
          // what is asynchronous goes on in the common pool before it is sent
          Way.chat("chat-async", SERVICES + "async.chat.ChatCompletionServiceAsync#create(..)")
              .leavesThread(),
          Way.chat("stream", SERVICES + "blocking.chat.ChatCompletionService#createStreaming(..)"),
          // neither an answer nor a future, but something of the SDK's own
          Way.chat(
                  "stream-async",
                  SERVICES + "async.chat.ChatCompletionServiceAsync#createStreaming(..)")
              .cannotRepeat()
              .leavesThread(),
          Way.embedding("embedding", SERVICES + "blocking.EmbeddingService#create(..)"),
          Way.embedding("embedding-async", SERVICES + "async.EmbeddingServiceAsync#create(..)")
              .leavesThread());

  @TestFactory
  Stream<DynamicNode> byHost() {
    return SdkTable.run("openai-java", WAYS, false);
  }

  @TestFactory
  Stream<DynamicNode> byMethod() {
    return SdkTable.run("openai-java", WAYS, true);
  }

  /** The SDK makes three attempts of its own by default, unless it is told not to. */
  @TestFactory
  Stream<DynamicNode> whenRotorGivesUpTheSdkDoesNotBegin() {
    SdkApplication application = SdkApplication.start("openai-java", WAYS, false);
    List<DynamicNode> tests = new ArrayList<>();
    for (Way way : WAYS) {
      tests.add(
          dynamicTest(
              way.name() + ": with the provider's last answer",
              () -> {
                StubProvider provider = application.provider(way);
                SdkApplication.KEYS.forEach(
                    key -> provider.next(429, Map.of("retry-after", "30"), "{}"));
                assertRefusedOnce(application, way);
              }));
      tests.add(
          dynamicTest(
              way.name() + ": with Rotor's own, without an attempt",
              () -> assertRefusedOnce(application, way)));
    }
    tests.add(dynamicTest("no fault and no secret was printed", application::end));
    return tests.stream().onClose(application::close);
  }

  private static void assertRefusedOnce(SdkApplication application, Way way) {
    Words seen = application.ask(way, new Words().with("do", "one").with("text", "call-000"));
    assertThat(seen.all("failure")).as("%s", seen).contains("RateLimitException");
    assertThat(seen.number("answers", -1)).as("what the SDK was given").isEqualTo(1);
    assertThat(application.provider(way).requests())
        .extracting(ReceivedRequest::key)
        .containsExactlyInAnyOrder("alpha", "beta", "gamma", "delta");
  }
}
