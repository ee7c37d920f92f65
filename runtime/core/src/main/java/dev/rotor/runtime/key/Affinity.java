package dev.rotor.runtime.key;

import java.util.Arrays;

/**
 * Which key calls keep that have something in common: the keys stand on a ring, each at many
 * points, and a conversation belongs to the next one from its own point on (Karger et al.,
 * "Consistent Hashing and Random Trees", 1997). It follows from names alone, so nothing is
 * remembered: the same after a restart, and in every process; and of the conversations of others
 * next to none move when a key comes or goes. Immutable.
 */
final class Affinity {

  private static final int MOST_POINTS_EACH = 64;
  private static final int ABOUT_IN_ALL = 16_384;

  private final long[] points;
  private final int[] places;

  /** The ring of these keys, each known by its position from now on. */
  Affinity(String[] keys) {
    int each = Math.max(4, Math.min(MOST_POINTS_EACH, ABOUT_IN_ALL / Math.max(1, keys.length)));
    Point[] all = new Point[keys.length * each];
    for (int place = 0; place < keys.length; place++) {
      long hash = hash(keys[place]);
      for (int i = 0; i < each; i++) {
        all[place * each + i] = new Point(mixed(hash + i), place);
      }
    }
    Arrays.sort(all, (one, other) -> Long.compare(one.at, other.at));
    points = new long[all.length];
    places = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      points[i] = all[i].at;
      places[i] = all[i].place;
    }
  }

  private static final class Point {
    final long at;
    final int place;

    Point(long at, int place) {
      this.at = at;
      this.place = place;
    }
  }

  /** The position of the key that what is shared belongs to. */
  int home(String shared) {
    int found = Arrays.binarySearch(points, mixed(hash(shared)));
    int next = found >= 0 ? found : -found - 1;
    return places[next == points.length ? 0 : next];
  }

  /** FNV-1a over the characters, 64 bits: {@link String#hashCode} has too many collisions. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finalizer of SplittableRandom (Stafford's mix 13), which spreads neighbours. */
  private static long mixed(long hash) {
    long mixed = hash + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
