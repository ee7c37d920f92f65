package dev.rotor.runtime.key;

import dev.rotor.runtime.allowance.LearnedAllowance;
import dev.rotor.runtime.allowance.LimitTold;
import dev.rotor.runtime.allowance.Need;
import dev.rotor.runtime.allowance.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of an account share of one lane: its cool-down, and what the provider has told of
 * its limits. When the account turns out to be part of another, all of it is the other's.
 * Thread-safe.
 */
final class SharedLane extends Rest {

  /** Since when it is part of another, and what attempts took from before. */
  private record Joined(SharedLane to, long at, @Nullable LearnedAllowance before) {}

  private volatile @Nullable LearnedAllowance learned;
  private volatile @Nullable Joined joined;

  SharedLane(long now) {
    super(now);
  }

  private SharedLane present() {
    Joined other = joined;
    return other == null ? this : other.to();
  }

  /** Its cool-down. */
  Rest rest() {
    return present();
  }

  /** What the provider has told of; null: nothing yet. */
  @Nullable LearnedAllowance learned() {
    return present().learned;
  }

  /** What an attempt took from at an instant: what it did not take it cannot give back. */
  @Nullable LearnedAllowance learnedAt(long instant) {
    Joined other = joined;
    return other != null && instant - other.at() < 0 ? other.before() : learned();
  }

  /**
   * Takes in what an answer tells of this lane.
   *
   * @param need what its attempt has taken; null: nothing
   */
  void learn(
      List<LimitTold> told,
      @Nullable Need need,
      @Nullable Reading reading,
      long takenAt,
      long now) {
    present().knowledge().learn(told, need, reading, takenAt, now);
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

  /** Is part of the other from an instant on, with what is known by now. */
  synchronized void join(SharedLane other, long at) {
    Joined known = joined;
    if (known != null && known.to() == other) {
      return;
    }
    LearnedAllowance before = learned();
    if (known == null) {
      // what is known of a former account stays there
      other.atLeast(rest());
      other.inherit(before);
    }
    joined = new Joined(other, at, before);
  }

  private synchronized void inherit(@Nullable LearnedAllowance known) {
    if (learned == null) {
      learned = known;
    }
  }
}
