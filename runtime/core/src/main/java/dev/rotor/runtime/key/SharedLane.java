package dev.rotor.runtime.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of an account share of one lane: its cool-down, and what the provider has told of
 * its limits. When the account turns out to be part of another, all of it is the other's.
 * Thread-safe.
 */
final class SharedLane {

  private final Rest rest;
  private volatile @Nullable LearnedAllowance learned;
  private volatile @Nullable SharedLane joined;

  SharedLane(Rest rest) {
    this.rest = rest;
  }

  private SharedLane present() {
    SharedLane other = joined;
    return other == null ? this : other;
  }

  Rest rest() {
    return present().rest;
  }

  /** What the provider has told of; null: nothing yet. */
  @Nullable LearnedAllowance learned() {
    return present().learned;
  }

  /** Takes in what an answer tells of this lane. */
  void learn(List<LimitTold> told, long takenAt, long now) {
    present().knowledge().learn(told, takenAt, now);
  }

  private LearnedAllowance knowledge() {
    LearnedAllowance known = learned;
    return known != null ? known : firstKnowledge();
  }

  private synchronized LearnedAllowance firstKnowledge() {
    LearnedAllowance known = learned;
    if (known == null) {
      known = new LearnedAllowance();
      learned = known;
    }
    return known;
  }

  /** Is part of the other from now on, with what is known by now. */
  synchronized void join(SharedLane other) {
    other.rest.atLeast(rest());
    other.inherit(learned());
    joined = other;
  }

  private synchronized void inherit(@Nullable LearnedAllowance known) {
    if (learned == null) {
      learned = known;
    }
  }
}
