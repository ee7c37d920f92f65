package dev.rotor.runtime.config;

import java.util.List;

/** A configuration that cannot be used; {@link #mistakes} are all that were found. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> mistakes;

  public ConfigException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** One line each: what, where, the value, the mend. No secret. */
  public List<String> mistakes() {
    return mistakes;
  }
}
