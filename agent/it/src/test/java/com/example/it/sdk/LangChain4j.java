package com.example.it.sdk;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** LangChain4j's OpenAI models, over {@code java.net.http}. */
final class LangChain4j implements Sdk {

  private static final String MODEL = "gpt-4o-mini";

  private final Map<String, OpenAiChatModel> chats = new ConcurrentHashMap<>();
  private final Map<String, OpenAiStreamingChatModel> streams = new ConcurrentHashMap<>();
  private final Map<String, OpenAiEmbeddingModel> embeddings = new ConcurrentHashMap<>();

  @Override
  public String ask(String way, String url, int retries, String text) throws Exception {
    return switch (way) {
      case "chat" -> told(chat(url, retries).chat(UserMessage.from(text)));
      case "stream" -> {
        Whole whole = new Whole();
        stream(url).chat(text, whole);
        yield told(whole.await());
      }
      case "embedding" -> {
        Response<Embedding> answer = embedding(url, retries).embed(text);
        yield Sdk.told(
            answer.content().dimension() + " numbers", answer.tokenUsage().totalTokenCount());
      }
      default -> throw new IllegalArgumentException(way);
    };
  }

  private OpenAiChatModel chat(String url, int retries) {
    return chats.computeIfAbsent(
        url,
        unused ->
            OpenAiChatModel.builder()
                .baseUrl(url + "/v1")
                .apiKey("rotor")
                .modelName(MODEL)
                .maxRetries(retries)
                .build());
  }

  private OpenAiStreamingChatModel stream(String url) {
    return streams.computeIfAbsent(
        url,
        unused ->
            OpenAiStreamingChatModel.builder()
                .baseUrl(url + "/v1")
                .apiKey("rotor")
                .modelName(MODEL)
                .build());
  }

  private OpenAiEmbeddingModel embedding(String url, int retries) {
    return embeddings.computeIfAbsent(
        url,
        unused ->
            OpenAiEmbeddingModel.builder()
                .baseUrl(url + "/v1")
                .apiKey("rotor")
                .modelName("text-embedding-3-small")
                .maxRetries(retries)
                .build());
  }

  private static String told(ChatResponse answer) {
    return Sdk.told(answer.aiMessage().text(), answer.tokenUsage().totalTokenCount());
  }

  /** Waits for the end of a stream, and checks its parts against the whole. */
  private static final class Whole implements StreamingChatResponseHandler {
    private final StringBuilder parts = new StringBuilder();
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    @Override
    public synchronized void onPartialResponse(String part) {
      parts.append(part);
    }

    @Override
    public synchronized void onCompleteResponse(ChatResponse response) {
      if (response.aiMessage().text().contentEquals(parts)) {
        end.complete(response);
      } else {
        end.completeExceptionally(new IllegalStateException("the parts were " + parts));
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    ChatResponse await() throws Exception {
      try {
        return end.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
