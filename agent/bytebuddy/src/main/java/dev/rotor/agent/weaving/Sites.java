package dev.rotor.agent.weaving;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The woven sites by the number that stands in their code, partitioned by defining loader: when a
 * loader is gone, so are its sites. Reading is one array access. Thread-safe.
 */
final class Sites {

  private static final class Partition extends WeakReference<ClassLoader> {
    private final Map<String, Integer> numbers = new HashMap<>();

    Partition(ClassLoader loader, ReferenceQueue<ClassLoader> gone) {
      super(loader, gone);
    }
  }

  private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
  private final List<Partition> partitions = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int next;

  private volatile @Nullable MethodSite[] byNumber = new @Nullable MethodSite[64];

  @Nullable MethodSite get(int number) {
    return byNumber[number];
  }

  /** The number of a loader's site; a class that is woven again keeps its numbers. */
  synchronized int number(ClassLoader loader, String key, Supplier<MethodSite> site) {
    sweep();
    Map<String, Integer> numbers = partition(loader).numbers;
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    MethodSite made = site.get();
    int number = free.isEmpty() ? next++ : free.pop();
    @Nullable MethodSite[] table = byNumber;
    @Nullable MethodSite[] copy =
        Arrays.copyOf(table, number < table.length ? table.length : table.length * 2);
    copy[number] = made;
    byNumber = copy;
    numbers.put(key, number);
    return number;
  }

  /** All sites of loaders that are alive. */
  synchronized List<MethodSite> all() {
    sweep();
    List<MethodSite> result = new ArrayList<>();
    for (MethodSite site : byNumber) {
      if (site != null) {
        result.add(site);
      }
    }
    return result;
  }

  private Partition partition(ClassLoader loader) {
    for (Partition partition : partitions) {
      if (partition.refersTo(loader)) {
        return partition;
      }
    }
    Partition fresh = new Partition(loader, gone);
    partitions.add(fresh);
    return fresh;
  }

  private void sweep() {
    for (Reference<? extends ClassLoader> dead = gone.poll(); dead != null; dead = gone.poll()) {
      if (dead instanceof Partition partition) {
        partitions.remove(partition);
        @Nullable MethodSite[] copy = byNumber.clone();
        for (int number : partition.numbers.values()) {
          copy[number] = null;
          free.push(number);
        }
        byNumber = copy;
      }
    }
  }
}
