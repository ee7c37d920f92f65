package com.example.it.legacy;

import com.example.it.Attempts;
import java.util.concurrent.CompletableFuture;

/** An interface, bound by name; its implementation is not named anywhere. */
public interface QuoteService<T> {

  T quote(Attempts attempts, T symbol);

  CompletableFuture<T> quoteLater(Attempts attempts, T symbol);

  /** In another package than the pattern's, in truth. */
  final class Hidden implements QuoteService<String> {
    @Override
    public String quote(Attempts attempts, String symbol) {
      attempts.arrive(symbol);
      return symbol + " quoted";
    }

    @Override
    public CompletableFuture<String> quoteLater(Attempts attempts, String symbol) {
      return CompletableFuture.supplyAsync(() -> quoteUnbound(attempts, symbol));
    }

    private static String quoteUnbound(Attempts attempts, String symbol) {
      attempts.arrive(symbol);
      return symbol + " quoted";
    }
  }
}
