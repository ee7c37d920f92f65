package com.example.it.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line between a test and its child: names with values, in order. Not thread-safe. */
public final class Words {

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  public static Words parse(String line) {
    Words words = new Words();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      words.with(word.substring(0, equals), decode(word.substring(equals + 1)));
    }
    return words;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  public Words with(String name, Object value) {
    names.add(name);
    values.add(String.valueOf(value));
    return this;
  }

  public Words with(Words more) {
    names.addAll(more.names);
    values.addAll(more.values);
    return this;
  }

  /** The first value of a name, or null. */
  public String get(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values.get(index);
  }

  public String get(String name, String otherwise) {
    String value = get(name);
    return value == null ? otherwise : value;
  }

  public int number(String name, int otherwise) {
    String value = get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  public List<String> all(String name) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        all.add(values.get(i));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      line.append(i == 0 ? "" : " ").append(names.get(i)).append('=');
      line.append(URLEncoder.encode(values.get(i), StandardCharsets.UTF_8));
    }
    return line.toString();
  }
}
