package dev.rotor.agent.weaving;

/** Which advice a site has; the least that its plan needs. */
enum Weave {
  PLAIN("dev.rotor.agent.weaving.PlainAdvice"),
  KEY("dev.rotor.agent.weaving.KeyAdvice"),
  FULL("dev.rotor.agent.weaving.FullAdvice"),
  ASYNC("dev.rotor.agent.weaving.AsyncAdvice");

  private final String advice;

  Weave(String advice) {
    this.advice = advice;
  }

  String advice() {
    return advice;
  }
}
