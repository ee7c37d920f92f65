package com.example.it;

import java.lang.instrument.Instrumentation;

/**
 * Starts the agent as an older Java would. The JVM does not let {@code -D} say which Java it is, so
 * this program says it, and calls the agent's entry itself.
 */
public final class OldJava {

  private OldJava() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.specification.version", "1.8");
    Class.forName("dev.rotor.agent.bootstrap.RotorAgent")
        .getMethod("premain", String.class, Instrumentation.class)
        .invoke(null, "nobody-reads-this.yaml", null);
    System.out.println("main ran");
  }
}
