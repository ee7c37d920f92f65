package dev.rotor.runtime.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used, on its way from one ledger to another. The caller holds the lock of writing. */
final class Transfer {
  private Transfer() {}

  /** What pages know, and what the store has beyond that. */
  static List<Used> used(Map<String, Page> pages, @Nullable Store store) {
    List<Used> all = new ArrayList<>();
    pages.values().forEach(page -> all.addAll(page.used()));
    if (store == null) {
      return all;
    }
    for (Entry entry : store.all()) {
      if (entry.granted() > 0 && !Marks.isOne(entry)) {
        Used used = used(entry);
        Page page = pages.get(used.page());
        if (page == null || !page.counts(entry.line())) {
          all.add(used);
        }
      }
    }
    return all;
  }

  private static Used used(Entry entry) {
    int end = entry.line().lastIndexOf(':');
    return new Used(
        entry.line().substring(0, end),
        entry.line().substring(end + 1),
        Instant.ofEpochMilli(entry.start()),
        Instant.ofEpochMilli(entry.end()),
        entry.granted());
  }

  /** Raises what pages count, and writes of others what is more than is written. */
  static void takeOver(List<Used> others, Map<String, Page> pages, Store store) {
    List<Entry> unknown = new ArrayList<>();
    for (Used used : others) {
      Page page = pages.get(used.page());
      if (page != null) {
        page.load(store);
      }
      if (page == null || !page.raise(used)) {
        unknown.add(largest(store, used));
      }
    }
    store.write(unknown, List.of());
  }

  private static Entry largest(Store store, Used used) {
    String line = Ledger.fullName(used.page(), used.line());
    long start = used.start().toEpochMilli();
    long amount = used.amount();
    for (Entry entry : store.read(line)) {
      if (entry.start() == start) {
        amount = Math.max(amount, entry.granted());
      }
    }
    return new Entry(line, start, used.end().toEpochMilli(), amount, 0, 0);
  }
}
