package com.example.it.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** OpenAI's own SDK, over OkHttp. */
final class OpenAiJava implements Sdk {

  private static final String MODEL = "gpt-4o-mini";

  private final Map<String, OpenAIClient> clients = new ConcurrentHashMap<>();
  private final CountedClient counted = new CountedClient(OkHttpClient.builder().build());

  @Override
  public String ask(String way, String url, int retries, String text) throws Exception {
    OpenAIClient client = client(url, retries);
    return switch (way) {
      case "chat" -> told(client.chat().completions().create(chat(text)));
      case "chat-async" ->
          told(client.async().chat().completions().create(chat(text)).get(60, TimeUnit.SECONDS));
      case "stream" -> {
        try (StreamResponse<ChatCompletionChunk> stream =
            client.chat().completions().createStreaming(stream(text))) {
          Told told = new Told();
          stream.stream().forEach(told::add);
          yield told.toString();
        }
      }
      case "stream-async" -> {
        Told told = new Told();
        client
            .async()
            .chat()
            .completions()
            .createStreaming(stream(text))
            .subscribe(told::add)
            .onCompleteFuture()
            .get(60, TimeUnit.SECONDS);
        yield told.toString();
      }
      case "embedding" -> told(client.embeddings().create(embedding(text)));
      case "embedding-async" ->
          told(client.async().embeddings().create(embedding(text)).get(60, TimeUnit.SECONDS));
      default -> throw new IllegalArgumentException(way);
    };
  }

  @Override
  public int answers() {
    return counted.answers();
  }

  private OpenAIClient client(String url, int retries) {
    return clients.computeIfAbsent(
        url + " " + retries, unused -> retries < 0 ? counted(url) : usual(url, retries));
  }

  private static OpenAIClient usual(String url, int retries) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(url + "/v1")
        .apiKey("rotor")
        .maxRetries(retries)
        .build();
  }

  private OpenAIClient counted(String url) {
    return new OpenAIClientImpl(
        ClientOptions.builder().httpClient(counted).baseUrl(url + "/v1").apiKey("rotor").build());
  }

  private static ChatCompletionCreateParams chat(String text) {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(text).build();
  }

  private static ChatCompletionCreateParams stream(String text) {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .addUserMessage(text)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private static EmbeddingCreateParams embedding(String text) {
    return EmbeddingCreateParams.builder().model("text-embedding-3-small").input(text).build();
  }

  private static String told(ChatCompletion answer) {
    return Sdk.told(
        answer.choices().get(0).message().content().orElse(""),
        answer.usage().map(usage -> usage.totalTokens()).orElse(-1L));
  }

  private static String told(CreateEmbeddingResponse answer) {
    return Sdk.told(
        answer.data().get(0).embedding().size() + " numbers", answer.usage().totalTokens());
  }

  /** The parts of a stream, put together. */
  private static final class Told {
    private final StringBuilder content = new StringBuilder();
    private long tokens = -1;

    synchronized void add(ChatCompletionChunk chunk) {
      chunk.choices().forEach(choice -> content.append(choice.delta().content().orElse("")));
      chunk.usage().ifPresent(usage -> tokens = usage.totalTokens());
    }

    @Override
    public synchronized String toString() {
      return told(content.toString(), tokens);
    }

    private static String told(String content, long tokens) {
      return Sdk.told(content, tokens);
    }
  }
}
