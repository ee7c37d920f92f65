package dev.rotor.runtime.state;

import java.util.List;

/** A store in memory whose writes can be made to fail, and that outlives the ledgers over it. */
final class RecordedStore implements Store {
  private final MemoryStore kept = new MemoryStore();
  private boolean failing;
  private int writes;

  void failing(boolean now) {
    failing = now;
  }

  int writes() {
    return writes;
  }

  @Override
  public List<Entry> read(String line) {
    return kept.read(line);
  }

  @Override
  public void write(List<Entry> entries, List<Forgotten> forgotten) {
    if (failing) {
      throw new IllegalStateException("the disk is full");
    }
    writes++;
    kept.write(entries, forgotten);
  }

  @Override
  public List<Entry> all() {
    return kept.all();
  }

  @Override
  public void close() {}
}
