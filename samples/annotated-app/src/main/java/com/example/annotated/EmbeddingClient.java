package com.example.annotated;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.BaseUrl;
import dev.rotor.annotations.CacheKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RotatedApi;
import java.io.IOException;

/** Embeddings, of which none needs to be asked for twice. */
@RotatedApi("openai")
public interface EmbeddingClient {
  /**
   * Waits for the embedding of a text.
   *
   * @throws ApiException if the provider refuses
   */
  @Cached("embeddings")
  String embed(@ApiKey String key, @BaseUrl String baseUrl, @CacheKey String text)
      throws IOException, InterruptedException;
}
