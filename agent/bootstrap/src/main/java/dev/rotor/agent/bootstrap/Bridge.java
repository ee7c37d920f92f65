package dev.rotor.agent.bootstrap;

import java.lang.invoke.MethodHandle;

/**
 * The way from woven code, in whatever class loader, to the engine. Names JDK types only. Lives in
 * the boot loader and stays as small as it can be; what it forwards to never throws.
 */
public final class Bridge {

  /** The engine's side of the bridge. No method lets a fault of its own out. */
  public abstract static class Engine {

    /**
     * Enters a method site.
     *
     * @param site the number woven into the code
     * @param type the woven class; null where the plan does not need it
     * @param self the receiver; null in static methods and where the plan does not need it
     * @param arguments null where the plan does not need them
     * @return the call; null: the body runs untouched
     */
    public abstract Object begin(int site, Class<?> type, Object self, Object[] arguments);

    /** Before the first round: whether the body is to run. May block. */
    public abstract boolean proceed(Object call);

    /** After the body, with what it came to: whether it is to run again. May block. */
    public abstract boolean again(Object call, Object value, Throwable thrown);

    /** What the call throws in the end; null: it returns. */
    public abstract Throwable failure(Object call);

    /** What the call returns in the end. */
    public abstract Object value(Object call);

    /** The secret of this round's key, or {@code original} when it has none. */
    public abstract String key(Object call, String original);

    /** The base URL of this round's key, or {@code original} when none is configured. */
    public abstract String baseUrl(Object call, String original);

    /**
     * Enters a site that returns a future; never blocks.
     *
     * @param type the woven class
     * @param body the site's own method, unbound: receiver first, unless static
     * @return the future and the exception for the application, of which one is null; null: the
     *     body runs untouched
     */
    public abstract Object[] async(
        int site, Class<?> type, MethodHandle body, Object self, Object[] arguments);

    /**
     * Enters a method of an HTTP client that sends a request.
     *
     * @param adapter the number of the client's adapter
     * @param type the woven class
     * @param body the method itself, unbound
     * @return value and exception for the application; null: the body runs untouched
     */
    public abstract Object[] send(
        int adapter, Class<?> type, MethodHandle body, Object self, Object[] arguments);

    /**
     * Lets an adapter replace a value of an HTTP client.
     *
     * @param type the woven class
     * @return the value to go on with; {@code value} itself when nothing is to be done
     */
    public abstract Object adapt(int adapter, Class<?> type, Object context, Object value);
  }

  private static volatile Engine installed;

  private Bridge() {}

  /**
   * Puts the engine in place, once.
   *
   * @return false: there is one already
   */
  public static synchronized boolean install(Engine engine) {
    if (installed != null) {
      return false;
    }
    installed = engine;
    return true;
  }

  /** Whether an engine is in place: Rotor is attached already. */
  public static boolean isInstalled() {
    return installed != null;
  }

  // read through a constant, which the JIT compiler trusts; nothing is woven before install
  private static final class Holder {
    static final Engine ENGINE = installed;
  }

  public static Object begin(int site, Class<?> type, Object self, Object[] arguments) {
    return Holder.ENGINE.begin(site, type, self, arguments);
  }

  public static boolean proceed(Object call) {
    return Holder.ENGINE.proceed(call);
  }

  public static boolean again(Object call, Object value, Throwable thrown) {
    return Holder.ENGINE.again(call, value, thrown);
  }

  public static Throwable failure(Object call) {
    return Holder.ENGINE.failure(call);
  }

  public static Object value(Object call) {
    return Holder.ENGINE.value(call);
  }

  public static String key(Object call, String original) {
    return Holder.ENGINE.key(call, original);
  }

  public static String baseUrl(Object call, String original) {
    return Holder.ENGINE.baseUrl(call, original);
  }

  public static Object[] async(
      int site, Class<?> type, MethodHandle body, Object self, Object[] arguments) {
    return Holder.ENGINE.async(site, type, body, self, arguments);
  }

  public static Object[] send(
      int adapter, Class<?> type, MethodHandle body, Object self, Object[] arguments) {
    return Holder.ENGINE.send(adapter, type, body, self, arguments);
  }

  public static Object adapt(int adapter, Class<?> type, Object context, Object value) {
    return Holder.ENGINE.adapt(adapter, type, context, value);
  }
}
