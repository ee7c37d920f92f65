package dev.rotor.it.sdk;

/**
 * A way to ask through an SDK.
 *
 * @param method the pattern that binds its method
 * @param repeats whether that method can be run again: what returns or throws in the end, or a
 *     future, can; what hands over an answer in some other way can not
 * @param expected what the application is to be told
 */
record Way(String name, String method, boolean repeats, String expected) {

  static Way chat(String name, String method) {
    return new Way(name, method, true, "You said: <text> (6 tokens)");
  }

  static Way embedding(String name, String method) {
    return new Way(name, method, true, "8 numbers (2 tokens)");
  }

  Way cannotRepeat() {
    return new Way(name, method, false, expected);
  }
}
