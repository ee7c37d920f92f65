package com.example.shop;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.Cached;
import dev.rotor.annotations.RotatedApi;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What the shop marked for Rotor. */
class Quotes {

  private final Client client;
  private final AtomicInteger loads = new AtomicInteger();

  Quotes(Client client) {
    this.client = client;
  }

  @RotatedApi("provider")
  String quote(URI uri) throws IOException, InterruptedException {
    return client.get(uri);
  }

  @Cached(ttl = "5m")
  Quote cached(String name) {
    return new Quote(name, loads.incrementAndGet());
  }

  /** Ends after this application, when the provider lets it wait. */
  @RotatedApi("slow")
  CompletableFuture<String> later(URI uri) {
    return client.getLater(uri);
  }

  /** The same, since it waits for its key and not for its answer. */
  @RotatedApi("slow")
  CompletableFuture<String> laterWith(@ApiKey String key) {
    return CompletableFuture.completedFuture(key.isEmpty() ? "no key" : "a key");
  }

  /** A value of a class of the application's own. */
  record Quote(String name, int load) {}
}
