package dev.rotor.it.load;

import com.example.it.http.Words;
import java.util.List;
import java.util.function.Predicate;

/** What Rotor has counted of all keys, sites and APIs. */
record Counted(List<Words> all) {

  static Counted of(Words meters) {
    return new Counted(meters.all("stats").stream().map(Words::parse).toList());
  }

  /** Of all sites together, say. */
  long of(String kind, String count) {
    return sum(count, it -> it.get("kind").equals(kind));
  }

  /** Of one key of the API, say. */
  long of(String kind, String name, String count) {
    return sum(count, it -> it.get("kind").equals(kind) && it.get("name").equals(name));
  }

  private long sum(String count, Predicate<Words> which) {
    return all.stream().filter(which).mapToLong(it -> it.number(count, 0)).sum();
  }
}
