package dev.rotor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplicationNamesTest {

  /** As Tomcat's. */
  public static class WebLoader extends ClassLoader {
    private @Nullable String name;

    public WebLoader(@Nullable ClassLoader parent, @Nullable String name) {
      super(parent);
      this.name = name;
    }

    public @Nullable String getContextName() {
      return name;
    }

    public void rename(@Nullable String next) {
      name = next;
    }
  }

  public static final class NumberedLoader extends ClassLoader {
    public int getContextName() {
      return 7;
    }
  }

  public static final class BrokenLoader extends ClassLoader {
    @SuppressWarnings("DoNotCallSuggester") // found by its name
    public String getContextName() {
      throw new IllegalStateException("planted");
    }
  }

  public static final class NamelessLoader extends ClassLoader {
    private final AtomicBoolean made = new AtomicBoolean(true);

    @Override
    public @Nullable String getName() {
      // its own constructor asks, too
      if (made != null) {
        throw new IllegalStateException("planted");
      }
      return null;
    }
  }

  static <T extends @Nullable Object> T within(@Nullable ClassLoader loader, Supplier<T> body) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return body.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static @Nullable String name(@Nullable ClassLoader loader) {
    return within(loader, ApplicationNames::current);
  }

  private static ClassLoader named(String name, ClassLoader parent) {
    return new URLClassLoader(name, new URL[0], parent);
  }

  @Test
  void theNameIsTheLoadersOwnOrItsContexts() {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    assertThat(name(named("shop", system))).isEqualTo("shop");
    assertThat(name(new WebLoader(system, "shop##2"))).isEqualTo("shop##2");
    assertThat(name(new WebLoader(system, ""))).isEmpty();
  }

  @Test
  void theFirstLoaderThatHasANameTellsIt() {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    ClassLoader container = named("container", system);
    assertThat(name(new URLClassLoader(new URL[0], new WebLoader(container, "shop"))))
        .isEqualTo("shop");
    assertThat(name(new WebLoader(container, null))).isEqualTo("container");
  }

  @Test
  void theJvmsOwnLoadersAndThoseThatDoNotAnswerHaveNone() {
    assertThat(name(null)).isNull();
    assertThat(name(ClassLoader.getSystemClassLoader())).isNull();
    assertThat(name(ClassLoader.getPlatformClassLoader())).isNull();
    assertThat(name(new WebLoader(ClassLoader.getSystemClassLoader(), null))).isNull();
    assertThat(name(new NumberedLoader())).isNull();
    assertThat(name(new BrokenLoader())).isNull();
    assertThat(name(new NamelessLoader())).isNull();
  }

  @Test
  void aNameThatChangesIsTheNewOne() {
    WebLoader loader = new WebLoader(null, "Unknown");
    assertThat(name(loader)).isEqualTo("Unknown");
    loader.rename("shop");
    assertThat(name(loader)).isEqualTo("shop");
  }

  @Test
  void aDroppedLoaderIsCollectedAndSoIsTheOneOfItsClass() throws Exception {
    URL classes =
        Objects.requireNonNull(
            ApplicationNamesTest.class.getProtectionDomain().getCodeSource().getLocation());
    ClassLoader own = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    ClassLoader web =
        Class.forName(WebLoader.class.getName(), true, own)
            .asSubclass(ClassLoader.class)
            .getConstructor(ClassLoader.class, String.class)
            .newInstance(null, "shop");
    assertThat(web.getClass()).isNotEqualTo(WebLoader.class);
    assertThat(name(web)).isEqualTo("shop");

    WeakReference<ClassLoader> dropped = new WeakReference<>(web);
    WeakReference<ClassLoader> ofItsClass = new WeakReference<>(own);
    web = null;
    own = null;

    assertThat(isCollected(dropped)).isTrue();
    assertThat(isCollected(ofItsClass)).isTrue();
  }

  private static boolean isCollected(WeakReference<?> reference) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!reference.refersTo(null) && System.nanoTime() < end) {
      System.gc();
    }
    return reference.refersTo(null);
  }
}
