package dev.rotor.runtime.state;

import dev.rotor.runtime.state.Store.Forgotten;
import java.util.ArrayList;
import java.util.List;

/** What is to be written at once. Used by one thread. */
final class Batch {

  private record Planned(Page page, Slot slot, Entry entry) {}

  private final List<Planned> planned = new ArrayList<>();
  private final List<Forgotten> forgotten = new ArrayList<>();
  private Page page;

  /** The first page that will be asked. */
  Batch(Page page) {
    this.page = page;
  }

  void of(Page next) {
    page = next;
  }

  void addIfNew(Slot slot, Entry entry) {
    if (!entry.equals(slot.written)) {
      planned.add(new Planned(page, slot, entry));
    }
  }

  void forget(String line, long before) {
    forgotten.add(new Forgotten(line, before));
  }

  /** Writes it; whether there was anything to write. */
  boolean writeTo(Store store) {
    if (planned.isEmpty()) {
      return false;
    }
    store.write(planned.stream().map(Planned::entry).toList(), forgotten);
    return true;
  }

  /** It is written: what it grants may be used. */
  void grant() {
    for (Planned it : planned) {
      it.page().grant(it.slot(), it.entry());
    }
  }
}
