package dev.rotor.it.sdk;

/**
 * A way to ask through an SDK.
 *
 * @param method the pattern that binds its method
 * @param repeats whether that method can be run again: what returns or throws in the end, or a
 *     future, can; what hands over an answer in some other way can not
 * @param staysOnThread whether the SDK sends on the thread on which it was called, or where Rotor
 *     follows; else the method's binding does not reach the request
 * @param expected what the application is to be told
 */
record Way(String name, String method, boolean repeats, boolean staysOnThread, String expected) {

  static Way chat(String name, String method) {
    return new Way(name, method, true, true, "You said: <text> (6 tokens)");
  }

  static Way embedding(String name, String method) {
    return new Way(name, method, true, true, "8 numbers (2 tokens)");
  }

  Way cannotRepeat() {
    return new Way(name, method, false, staysOnThread, expected);
  }

  Way leavesThread() {
    return new Way(name, method, repeats, false, expected);
  }
}
