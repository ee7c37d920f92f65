package com.example.annotated;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.BaseUrl;
import dev.rotor.annotations.RotatedApi;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Chats, with a key that the configuration's keys take the place of. */
@RotatedApi("openai")
public interface ChatClient {
  /**
   * Waits for the answer to a prompt.
   *
   * @throws ApiException if the provider refuses
   */
  String chat(@ApiKey String key, @BaseUrl String baseUrl, String prompt)
      throws IOException, InterruptedException;

  /** The answer to a prompt, later; failures as of {@link #chat}. */
  CompletableFuture<String> chatAsync(@ApiKey String key, @BaseUrl String baseUrl, String prompt);
}
