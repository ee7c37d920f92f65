package com.example.annotated;

import java.util.List;

/** Search in a small catalogue. Thread-safe. */
final class CatalogueSearch implements SearchClient {
  private static final List<String> CATALOGUE =
      List.of("amber lamp", "blue kettle", "copper pan", "desk lamp", "espresso pot", "floor lamp");

  @Override
  public List<String> search(String user, String word) {
    return CATALOGUE.stream().filter(entry -> entry.contains(word)).toList();
  }

  @Override
  public List<String> suggestions() {
    return CATALOGUE.stream().map(entry -> entry.substring(entry.indexOf(' ') + 1)).toList();
  }
}
