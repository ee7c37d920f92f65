package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.annotations.LimitExceededException;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jboss.modules.ConcurrentClassLoader;

/** Sites in loaders of their own. */
public class Loaders {

  private static final String PLUGIN = "com.example.it.plugin.";

  private static Object run(ClassLoader loader) throws Exception {
    Class<?> type = Class.forName(PLUGIN + "Plugin", true, loader);
    assertThat(type.getClassLoader()).isSameAs(loader);
    return ((Callable<?>) type.getConstructor().newInstance()).call();
  }

  public void twoLoadersOfOneClassNameHaveSitesAndCachesOfTheirOwn() throws Exception {
    // each call counts its loads, and uses up its limit
    assertThat(run(new ChildFirstLoader(PLUGIN))).isInstanceOf(LimitExceededException.class);
    assertThat(run(new ChildFirstLoader(PLUGIN))).isInstanceOf(LimitExceededException.class);
  }

  public void anExceptionIsOfTheClassThatTheSitesLoaderResolves() throws Exception {
    ClassLoader loader = new ChildFirstLoader(PLUGIN, "dev.rotor.annotations.");
    Object thrown = run(loader);
    assertThat(thrown.getClass().getClassLoader()).isSameAs(loader);
    assertThat(thrown).isNotInstanceOf(LimitExceededException.class);
  }

  public void aLoaderThatDoesNotAskTheBootLoaderWorks() throws Exception {
    ClassLoader module = new ConcurrentClassLoader();
    Object thrown = run(module);
    assertThat(thrown.getClass().getClassLoader()).isSameAs(module);
  }

  public void aDroppedLoaderIsCollected() throws Exception {
    WeakReference<ClassLoader> dropped = used();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (dropped.get() != null) {
      assertThat(System.nanoTime()).as("deadline; the loader is still held").isLessThan(deadline);
      System.gc();
    }
  }

  private static WeakReference<ClassLoader> used() throws Exception {
    ClassLoader loader = new ChildFirstLoader(PLUGIN, "dev.rotor.annotations.");
    run(loader);
    return new WeakReference<>(loader);
  }

  public void rotorsThreadsAreDaemonsWithoutAContextLoader() throws Exception {
    run(new ChildFirstLoader(PLUGIN));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("rotor-"))
        .isNotEmpty()
        .allSatisfy(
            thread -> {
              assertThat(thread.isDaemon()).isTrue();
              // a thread that has just ended has none to ask for
              assertThat(thread.getContextClassLoader()).isNull();
            });
  }
}
