package dev.rotor.it.sdk;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** LangChain4j's OpenAI models. Its asynchronous way is the stream, for which it sends so. */
class LangChain4jIT {

  private static final String MODELS = "dev.langchain4j.model.openai.OpenAi";

  private static final List<Way> WAYS =
      List.of(
          Way.chat("chat", MODELS + "ChatModel#doChat(..)"),
          // hands its answer to a handler
          Way.chat("stream", MODELS + "StreamingChatModel#doChat(..)").cannotRepeat(),
          Way.embedding("embedding", MODELS + "EmbeddingModel#doEmbed(..)"));

  @TestFactory
  Stream<DynamicNode> byHost() {
    return SdkTable.run("langchain4j", WAYS, false);
  }

  @TestFactory
  Stream<DynamicNode> byMethod() {
    return SdkTable.run("langchain4j", WAYS, true);
  }
}
