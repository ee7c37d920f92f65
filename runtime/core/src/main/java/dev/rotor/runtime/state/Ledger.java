package dev.rotor.runtime.state;

import dev.rotor.runtime.time.Clock;
import dev.rotor.runtime.time.RotorThreads;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps count of use in pages, by name, and writes it down. Thread-safe. One thread of its own
 * writes, for all pages that asked at once; no caller of a page ever waits for it.
 *
 * <p>Where it cannot write, the calls go on: use is counted in memory, that is told once, and every
 * few seconds it tries again.
 */
public final class Ledger implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  // a wall clock may be set, and a machine may sleep
  private static final long WALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Wall(long nanos, long millis) {}

  private final Clock clock;
  private final @Nullable StoreOpener opener;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Queue<Page> asking = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  // guarded by `writing`
  private @Nullable Store store;
  private long lastTick;
  private boolean told;

  private volatile Wall wall;
  private volatile boolean leasing;
  private volatile boolean ending;
  private volatile boolean closed;
  private volatile @Nullable Thread writer;

  /**
   * A ledger over a store that is opened at the first write.
   *
   * @param opener null: in memory
   */
  Ledger(@Nullable StoreOpener opener, Clock clock) {
    this.opener = opener;
    this.clock = clock;
    this.wall = readWall();
    this.lastTick = clock.nanoTime();
    this.store = opener == null ? new MemoryStore() : null;
    this.leasing = opener != null;
    if (opener != null) {
      open();
    }
  }

  /** Counts in memory: what was used is forgotten when the process ends. */
  public static Ledger inMemory(Clock clock) {
    return new Ledger(null, clock);
  }

  /**
   * Counts in a file of this directory, which no other process may have open. Blocks on opening it.
   */
  public static Ledger inDirectory(Path directory, Clock clock) {
    Ledger ledger = new Ledger(() -> FileStore.open(directory, clock.instant()), clock);
    ledger.start();
    return ledger;
  }

  private void start() {
    Thread thread = RotorThreads.daemon("rotor-ledger", this::run);
    writer = thread;
    thread.start();
  }

  private void run() {
    while (!closed) {
      // looked at here, since a lock that this thread waited for may have used up the wake-up
      if (asking.isEmpty()) {
        LockSupport.parkNanos(this, TICK_NANOS);
      }
      boolean unused = Thread.interrupted();
      try {
        write();
      } catch (RuntimeException | Error fault) {
        survive(fault);
      }
    }
  }

  /** Without this thread nothing would be written, and nothing leased, ever again. */
  private static void survive(Throwable fault) {
    try {
      LOG.error("a fault while writing what was used of quotas; it goes on", fault);
    } catch (RuntimeException | Error alsoFault) {
      // there may be no memory left to tell it with; the next tick comes
    }
    LockSupport.parkNanos(RETRY_NANOS);
  }

  /**
   * The page of this name with these lines; one that is there already keeps its count.
   *
   * @param onChange runs, on the ledger's thread, when calls that could take nothing may look again
   */
  public Page page(String name, List<Line> lines, Runnable onChange) {
    Page page = pages.computeIfAbsent(name, it -> new Page(it, this));
    page.lines(lines, onChange, clock.nanoTime());
    if (opener == null) {
      write(List.of(page), false);
    } else {
      ask(page);
    }
    return page;
  }

  static String fullName(String page, String line) {
    return page + ":" + line;
  }

  /** An instant of the clock that it counts by. */
  public long nanoTime() {
    return clock.nanoTime();
  }

  /** The wall clock at an instant of the monotonic one, in milliseconds. */
  public long wallTime(long now) {
    Wall known = wall;
    if (now - known.nanos() > WALL_NANOS) {
      known = readWall();
      wall = known;
    }
    return known.millis() + Math.floorDiv(now - known.nanos(), 1_000_000L);
  }

  private Wall readWall() {
    return new Wall(clock.nanoTime(), clock.instant().toEpochMilli());
  }

  /** Whether use needs a lease. */
  boolean isLeasing() {
    return leasing;
  }

  /** Whether as little as possible is leased. */
  boolean isEnding() {
    return ending;
  }

  /** A page has something to write. */
  void ask(Page page) {
    if (page.asked().compareAndSet(false, true)) {
      asking.add(page);
      LockSupport.unpark(writer);
    }
  }

  /** Writes what is asked for, and from time to time looks at all pages. */
  void write() {
    Collection<Page> due = new LinkedHashSet<>();
    writing.lock();
    try {
      boolean tick = clock.nanoTime() - lastTick >= TICK_NANOS;
      if (tick) {
        lastTick = clock.nanoTime();
        if (store == null && !closed) {
          open();
        }
      }
      for (Page page = asking.poll(); page != null; page = asking.poll()) {
        // before it is looked at: who asks from now on asks again
        page.asked().set(false);
        due.add(page);
      }
      if (tick) {
        due.addAll(pages.values());
      }
      write(due, tick);
    } finally {
      writing.unlock();
    }
    // outside of the lock: it enters the engine
    due.forEach(Ledger::wake);
  }

  private void writeAll() {
    write(pages.values(), false);
    pages.values().forEach(Ledger::wake);
  }

  private void write(Collection<Page> due, boolean tick) {
    writing.lock();
    try {
      Store present = store;
      if (present != null && !due.isEmpty()) {
        write(present, due, tick);
      }
    } catch (RuntimeException | Error fault) {
      fail(fault);
    } finally {
      writing.unlock();
    }
  }

  private static void wake(Page page) {
    try {
      page.wake();
    } catch (RuntimeException | Error fault) {
      LOG.warn("a fault while waking the calls that wait for a quota", fault);
    }
  }

  private void write(Store present, Collection<Page> due, boolean tick) {
    long now = wallTime(clock.nanoTime());
    Batch batch = new Batch(due.iterator().next());
    for (Page page : due) {
      page.load(present);
      if (opener != null) {
        page.plan(now, ending, batch);
      }
    }
    if (batch.writeTo(present) && told) {
      told = false;
      LOG.warn("the state file can be written again, and what was used of quotas is in it");
    }
    batch.grant();
    if (tick) {
      due.forEach(Page::forgetWanted);
    }
  }

  private void open() {
    if (opener == null) {
      return;
    }
    try {
      store = opener.open();
      // in this order: what is taken from now on needs a lease, and there is none yet
      leasing = true;
      pages.values().forEach(Page::unload);
      pages.values().forEach(this::ask);
    } catch (UnusableStoreException e) {
      tell(e.getMessage() == null ? "" : e.getMessage(), e);
    } catch (RuntimeException | Error fault) {
      tell(String.valueOf(fault), fault);
    }
  }

  private void fail(Throwable fault) {
    tell("it cannot be written (" + fault + ")", fault);
    Store broken = store;
    store = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (RuntimeException alsoBroken) {
        LOG.debug("the state file could not be closed", alsoBroken);
      }
    }
  }

  private void tell(String problem, Throwable cause) {
    leasing = false;
    if (!told) {
      told = true;
      LOG.error(
          "THE STATE FILE CANNOT BE USED: {}. Calls go on, and what they use of quotas is counted in"
              + " memory: IF THIS PROCESS ENDS BEFORE THE FILE CAN BE WRITTEN, IT IS FORGOTTEN, and"
              + " quotas may be exceeded",
          problem,
          cause);
    }
  }

  /** Whether what is counted is written down; false: only in memory, or not now. */
  public boolean isWritten() {
    writing.lock();
    try {
      return opener != null && store != null;
    } finally {
      writing.unlock();
    }
  }

  /** What was used, as far as it is known, by page, line and span. Marks are not among it. */
  public List<Used> used() {
    writing.lock();
    try {
      return Transfer.used(pages, store);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Takes over use that another ledger has counted; where both know of some, the larger amount
   * stands. Blocks until it is written.
   *
   * @throws IllegalStateException when it cannot be written
   */
  public void takeOver(List<Used> others) {
    writing.lock();
    try {
      Store present = store;
      if (present == null) {
        throw new IllegalStateException("the state file cannot be used now");
      }
      Transfer.takeOver(others, pages, present);
      writeAll();
    } finally {
      writing.unlock();
    }
  }

  /**
   * Marks a page, or takes a mark back. Blocks until it is written; where it cannot be, it holds
   * for this process.
   */
  public void mark(String page, String mark, boolean marked) {
    writing.lock();
    try {
      Store present = store;
      if (present != null) {
        present.write(List.of(Marks.entry(fullName(page, mark), marked)), List.of());
      }
    } catch (RuntimeException fault) {
      fail(fault);
    } finally {
      writing.unlock();
    }
  }

  /** Whether a page has a mark, as far as can be read. Blocks on reading. */
  public boolean isMarked(String page, String mark) {
    writing.lock();
    try {
      Store present = store;
      return present != null
          && present.read(fullName(page, mark)).stream().anyMatch(Marks::isMarked);
    } finally {
      writing.unlock();
    }
  }

  /**
   * The process is about to end, and calls may go on until then: from now on only what a call asks
   * for is leased, so that the end loses next to nothing whenever it comes. Blocks until what was
   * used is written.
   */
  public void exitSoon() {
    ending = true;
    writeAll();
  }

  /** Writes exactly what was used and lets go of the file. Nothing can be taken from then on. */
  @Override
  public void close() {
    if (opener == null) {
      return;
    }
    writing.lock();
    try {
      closed = true;
      ending = true;
      pages.values().forEach(Page::forgetWanted);
      write(pages.values(), false);
      Store present = store;
      store = null;
      if (present != null) {
        present.close();
      }
    } catch (RuntimeException fault) {
      tell("it could not be closed (" + fault + ")", fault);
    } finally {
      writing.unlock();
    }
    LockSupport.unpark(writer);
  }
}
