package dev.rotor.it.http;

import com.example.it.http.Words;
import java.util.List;

/** What the application saw of a request. */
public record Seen(Words words) {

  public int status() {
    return words.number("status", -1);
  }

  /** Class of the exception, or null. */
  public String failure() {
    return words.get("failure");
  }

  public String message() {
    return words.get("message");
  }

  /** What its exception came from in the end. */
  public String cause() {
    return words.get("cause");
  }

  public String text() {
    return words.get("text");
  }

  public int length() {
    return words.number("length", -1);
  }

  public long sum() {
    return Long.parseLong(words.get("sum"));
  }

  /** Each as {@code name: value}, names in lower case. */
  public List<String> headers() {
    return words.all("header");
  }

  /** The value of a header, or null. */
  public String header(String name) {
    return headers().stream()
        .filter(it -> it.startsWith(name + ": "))
        .map(it -> it.substring(name.length() + 2))
        .findFirst()
        .orElse(null);
  }

  /** Address and headers of the request, as the response shows it. */
  public String shown() {
    return words.get("shown");
  }

  public int number(String name) {
    return words.number(name, -1);
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
