package dev.rotor.agent.http.apache5async;

import dev.rotor.agent.http.UntouchedException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the first fault of Rotor's that let a request pass untouched. Thread-safe. */
final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final AtomicBoolean told = new AtomicBoolean();

  void tell(Throwable fault) {
    UntouchedException shown = new UntouchedException(fault);
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "Apache HttpClient 5 (async): a fault inside Rotor; the request passes untouched", shown);
    } else {
      LOG.debug("Apache HttpClient 5 (async): a fault inside Rotor", shown);
    }
  }
}
