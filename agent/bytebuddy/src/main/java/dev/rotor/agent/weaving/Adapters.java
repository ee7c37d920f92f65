package dev.rotor.agent.weaving;

import dev.rotor.agent.bootstrap.RotorClassLoader;
import dev.rotor.agent.http.Adapter;
import dev.rotor.agent.http.ClientInstrumentation;
import dev.rotor.agent.http.ClientInstrumentation.Hook;
import dev.rotor.runtime.http.Exchanges;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients that Rotor knows, by the number that stands in their woven code. An adapter is
 * made at the first request and hangs on the woven class, so that it dies with the application's
 * loader. Thread-safe.
 */
final class Adapters {

  /** The hooks of one class and the number of its client. */
  record Woven(int adapter, List<Hook> hooks) {}

  private final Exchanges exchanges;
  private final List<AdapterOfClass> clients = new ArrayList<>();
  private final Map<String, Woven> byClass = new HashMap<>();
  private final AdapterItself adapters = new AdapterItself();
  private final Map<ClassLoader, WeakReference<AdapterClassLoader>> loaders = new WeakHashMap<>();

  Adapters(Exchanges exchanges) {
    this.exchanges = exchanges;
    ServiceLoader<ClientInstrumentation> services =
        ServiceLoader.load(ClientInstrumentation.class, Adapters.class.getClassLoader());
    for (ClientInstrumentation client : services) {
      int number = clients.size();
      clients.add(new AdapterOfClass(client));
      client.hooks().forEach((type, hooks) -> byClass.put(type, new Woven(number, hooks)));
    }
  }

  /** What to weave into a class of this binary name; null: it is no client's. */
  @Nullable Woven woven(String className) {
    return byClass.get(className);
  }

  Adapter get(int number, Class<?> woven) {
    return clients.get(number).get(woven);
  }

  String name(int number) {
    return clients.get(number).client.name();
  }

  /** The woven classes of one client share it, since they tell of the same calls. */
  private final class AdapterItself extends ClassValue<Adapter> {
    @Override
    protected Adapter computeValue(Class<?> type) {
      try {
        return type.asSubclass(Adapter.class)
            .getConstructor(Exchanges.class)
            .newInstance(exchanges);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot make " + type.getName(), e);
      }
    }
  }

  private final class AdapterOfClass extends ClassValue<Adapter> {
    private final ClientInstrumentation client;

    AdapterOfClass(ClientInstrumentation client) {
      this.client = client;
    }

    @Override
    protected Adapter computeValue(Class<?> woven) {
      try {
        return adapters.get(Class.forName(client.adapter(), true, loader(woven)));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("no class " + client.adapter(), e);
      }
    }

    private ClassLoader loader(Class<?> woven) {
      ClassLoader own = Adapters.class.getClassLoader();
      ClassLoader application = woven.getClassLoader();
      return !client.namesLibraryTypes() || application == null
          ? own
          : adapterLoader((RotorClassLoader) own, application);
    }
  }

  private AdapterClassLoader adapterLoader(RotorClassLoader own, ClassLoader application) {
    synchronized (loaders) {
      WeakReference<AdapterClassLoader> known = loaders.get(application);
      AdapterClassLoader loader = known == null ? null : known.get();
      if (loader == null) {
        loader = new AdapterClassLoader(own, application);
        loaders.put(application, new WeakReference<>(loader));
      }
      return loader;
    }
  }
}
