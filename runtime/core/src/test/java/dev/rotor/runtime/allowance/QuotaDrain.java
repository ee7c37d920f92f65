package dev.rotor.runtime.allowance;

import dev.rotor.runtime.config.QuotaSettings;
import dev.rotor.runtime.config.QuotaSettings.Amounts;
import dev.rotor.runtime.config.QuotaSettings.Prices;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.testing.FakeClock;
import dev.rotor.runtime.testing.RecordedLog;
import dev.rotor.runtime.time.Clock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that takes from a quota on file as fast as it can, on four threads, until it is used up
 * or killed; so many times at most, and then it waits to be killed. It writes a byte to its
 * standard output for each request that it may make.
 */
final class QuotaDrain {
  private static final int THREADS = 4;

  // never closed, since all threads write to it; unbuffered
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private QuotaDrain() {}

  static QuotaSettings settings(long daily) {
    return new QuotaSettings(
        new Amounts(daily, Amounts.UNLIMITED, Amounts.UNLIMITED),
        new Amounts(10 * daily, Amounts.UNLIMITED, Amounts.UNLIMITED),
        LocalTime.MIDNIGHT,
        ZoneOffset.UTC,
        false,
        Prices.NONE);
  }

  /** Expects the directory, the quota of a day, and how much to take at most. */
  public static void main(String[] arguments) throws InterruptedException {
    // a clock that stands still, since midnight may be near
    Clock clock = new FakeClock();
    Ledger ledger = Ledger.inDirectory(Path.of(arguments[0]), clock);
    RecordedLog.warnings().forEach(System.err::println);
    Semaphore change = new Semaphore(0);
    QuotaSettings settings = settings(Long.parseLong(arguments[1]));
    Quota quota = new Quota("api/key", settings, 1, ledger, () -> change.release(THREADS));
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> drain(quota, clock, change, left));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    ledger.close();
  }

  private static void drain(Quota quota, Clock clock, Semaphore change, AtomicInteger left) {
    try {
      while (true) {
        if (left.getAndDecrement() <= 0) {
          Thread.sleep(Long.MAX_VALUE);
        }
        if (quota.tryTake(Need.ONE, clock.nanoTime())) {
          OUT.write('.');
        } else if (quota.nanosTo(Need.ONE, clock.nanoTime()) > 0) {
          return;
        } else {
          left.incrementAndGet();
          boolean unused = change.tryAcquire(10, TimeUnit.SECONDS);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
