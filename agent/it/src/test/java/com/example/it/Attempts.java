package com.example.it;

import java.util.ArrayList;
import java.util.List;

/**
 * The provider's side of a fixture: remembers what each attempt brought, and refuses the first
 * ones. Keys are remembered by the name in their secret; the secrets themselves are never kept.
 */
public final class Attempts {

  private final List<String> seen = new ArrayList<>();
  private int refusals;
  private RuntimeException refusal = new ProviderException(429);

  /** Refuses the next attempts, each with an exception of its own. */
  public synchronized Attempts refuse(int times) {
    refusals = times;
    return this;
  }

  /** What a refusal throws from now on, always the same instance. */
  public synchronized Attempts with(RuntimeException failure) {
    refusal = failure;
    return this;
  }

  /** An attempt arrives with this credential. */
  public synchronized void arrive(String credential) {
    seen.add(name(credential));
    if (refusals > 0) {
      refusals--;
      throw refusal;
    }
  }

  /** The name in a secret of the test's keys; anything else as it is. */
  public static String name(String credential) {
    return credential != null && credential.startsWith("sk-it-")
        ? credential.substring("sk-it-".length(), credential.lastIndexOf('-'))
        : String.valueOf(credential);
  }

  /** What the attempts brought, in order. */
  public synchronized List<String> seen() {
    return List.copyOf(seen);
  }
}
