package dev.rotor.runtime.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells faults of Rotor's own: once a place as a warning, then at debug. Never throws; thread-safe.
 */
public final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * Tells a fault.
   *
   * @param place where it happened: a site, a class, a client
   * @param consequence what becomes of the call or class
   */
  public void tell(String place, Throwable fault, String consequence) {
    try {
      if (told.add(place)) {
        LOG.warn("{}: a fault inside Rotor; {}", place, consequence, fault);
      } else {
        LOG.debug("{}: a fault inside Rotor", place, fault);
      }
    } catch (Throwable worse) {
      // there is nobody left to tell
    }
  }
}
