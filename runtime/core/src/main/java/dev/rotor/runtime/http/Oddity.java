package dev.rotor.runtime.http;

import java.util.function.Consumer;

/**
 * One thing in an answer that cannot be understood. Never what stands there, which may be a secret.
 *
 * @param place {@code header NAME}, {@code member /pointer}, or {@code body}
 */
record Oddity(String place, Way way) {

  static final String BODY = "body";

  /** What is wrong with it, and what happens instead. */
  enum Way {
    UNREADABLE("cannot be read; it is passed over"),
    NEGATIVE("is negative; it is passed over"),
    PAST("is in the past; it is passed over"),
    FAR("lies more than a year ahead; a day is waited at most"),
    HUGE("is too large to be true; it is passed over"),
    REPEATED("stands there more than once; the first counts"),
    BROKEN("is said to be JSON and is not, or not all of it; what could be read of it counts");

    private final String told;

    Way(String told) {
      this.told = told;
    }
  }

  static Oddity ofHeader(String name, Way way) {
    return new Oddity("header " + name, way);
  }

  /** Tells of a header that stands there more than once. */
  static void ofRepeated(Headers headers, String name, Consumer<Oddity> odd) {
    if (headers.isRepeated(name)) {
      odd.accept(ofHeader(name, Way.REPEATED));
    }
  }

  static Oddity ofMember(String pointer, Way way) {
    return new Oddity("member " + pointer, way);
  }

  @Override
  public String toString() {
    return "the answer's " + place + " " + way.told;
  }
}
