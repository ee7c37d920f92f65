package dev.rotor.agent.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client that Rotor knows. Found by {@link java.util.ServiceLoader} at start-up, so an
 * implementation names classes only as text, and loads nothing: neither Byte Buddy nor the client.
 */
public interface ClientInstrumentation {

  /** What the client is called in messages. */
  String name();

  /** Binary names of the client's classes to weave, each with its hooks. */
  Map<String, List<Hook>> hooks();

  /**
   * Binary name of the {@link Adapter}: public, with a public constructor that takes {@code
   * Exchanges}.
   */
  String adapter();

  /**
   * Whether the adapter names types of the client's library, and so is loaded once for each
   * application loader; false for clients of the JDK.
   */
  boolean namesLibraryTypes();

  /**
   * One method to weave.
   *
   * @param method its name; {@code <init>} for constructors
   * @param descriptor its JVM descriptor; null: every method of the name
   * @param advice binary name of the Byte Buddy advice, static and in JDK types only
   */
  record Hook(String method, @Nullable String descriptor, String advice) {}
}
