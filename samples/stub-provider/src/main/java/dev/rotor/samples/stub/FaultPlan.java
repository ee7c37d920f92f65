package dev.rotor.samples.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which request meets which fault: by its number, else by chance. Thread-safe. */
final class FaultPlan {
  private static final Pattern ENTRY =
      Pattern.compile("(\\w+)(?:=(\\d+(?:\\.\\d+)?)%|@(\\d+))(?::(\\w+))?");

  private record Chance(Fault fault, double probability) {}

  private final List<Chance> chances = new ArrayList<>();
  private final Map<Long, Fault> byNumber = new HashMap<>();
  private final Random random;

  FaultPlan(long seed) {
    random = new Random(seed);
  }

  /** Reads faults such as {@code 503=2%,reset@12,slow=5%:200ms} into this plan. */
  void add(String text) {
    for (String entry : text.split(",", -1)) {
      Matcher matcher = ENTRY.matcher(entry.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "not a fault such as 503=2%, reset@12 or slow=5%:200ms: '" + entry + "'");
      }
      String delay = matcher.group(4);
      Fault fault =
          Fault.parse(
              matcher.group(1), delay == null ? Duration.ofSeconds(1) : Rate.parseDuration(delay));
      if (matcher.group(2) != null) {
        add(fault, Double.parseDouble(matcher.group(2)) / 100);
      } else {
        at(Long.parseLong(matcher.group(3)), fault);
      }
    }
  }

  synchronized void add(Fault fault, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1: " + probability);
    }
    chances.add(new Chance(fault, probability));
  }

  synchronized void at(long number, Fault fault) {
    byNumber.put(number, fault);
  }

  synchronized @Nullable Fault of(long number) {
    Fault scripted = byNumber.remove(number);
    if (scripted != null) {
      return scripted;
    }
    for (Chance chance : chances) {
      if (random.nextDouble() < chance.probability()) {
        return chance.fault();
      }
    }
    return null;
  }
}
