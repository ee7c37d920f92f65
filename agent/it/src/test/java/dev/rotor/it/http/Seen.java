package dev.rotor.it.http;

import com.example.it.http.Words;
import java.util.List;

/** What the application saw of a request. */
record Seen(Words words) {

  int status() {
    return words.number("status", -1);
  }

  /** Class of the exception, or null. */
  String failure() {
    return words.get("failure");
  }

  String message() {
    return words.get("message");
  }

  String text() {
    return words.get("text");
  }

  int length() {
    return words.number("length", -1);
  }

  long sum() {
    return Long.parseLong(words.get("sum"));
  }

  /** Each as {@code name: value}, names in lower case. */
  List<String> headers() {
    return words.all("header");
  }

  /** The value of a header, or null. */
  String header(String name) {
    return headers().stream()
        .filter(it -> it.startsWith(name + ": "))
        .map(it -> it.substring(name.length() + 2))
        .findFirst()
        .orElse(null);
  }

  /** Address and headers of the request, as the response shows it. */
  String shown() {
    return words.get("shown");
  }

  int number(String name) {
    return words.number(name, -1);
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
