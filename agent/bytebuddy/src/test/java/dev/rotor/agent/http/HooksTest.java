package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.agent.http.ClientInstrumentation.Hook;
import java.util.List;
import java.util.ServiceLoader;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the hooks to the JDK that the tests run on, and to the libraries they are compiled with.
 */
class HooksTest {

  private final ClassFileLocator locator =
      new ClassFileLocator.Compound(
          ClassFileLocator.ForClassLoader.of(HooksTest.class.getClassLoader()),
          ClassFileLocator.ForClassLoader.ofPlatformLoader());
  private final TypePool types = TypePool.Default.of(locator);

  private static ClientInstrumentation client(String name) {
    return ServiceLoader.load(ClientInstrumentation.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(client -> client.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "java.net.http, jdk.internal.net.http.HttpClientImpl, 2",
    "java.net.http, jdk.internal.net.http.HttpRequestImpl, 1",
    "HttpURLConnection, sun.net.www.protocol.http.Handler, 1",
    "HttpURLConnection, sun.net.www.protocol.https.Handler, 1",
    "OkHttp, okhttp3.internal.http.RealInterceptorChain, 1",
    "OkHttp, okhttp3.internal.connection.RealCall, 3",
    "Reactor Netty, reactor.netty.http.client.HttpClientConnect$MonoHttpConnect, 2",
  })
  void hooksFindTheirMethodsAndCanBeWoven(String client, String type, int atLeast) {
    List<Hook> hooks = client(client).hooks().getOrDefault(type, List.of());
    TypeDescription woven = types.describe(type).resolve();

    long found = hooks.stream().filter(hook -> weaves(woven, hook)).count();

    assertThat(found).isGreaterThanOrEqualTo(atLeast);
  }

  private boolean weaves(TypeDescription type, Hook hook) {
    for (MethodDescription method : type.getDeclaredMethods()) {
      if (method.getInternalName().equals(hook.method())
          && method.getDescriptor().equals(hook.descriptor())) {
        Advice advice =
            Advice.withCustomMapping()
                .bind(AdapterNumber.class, 7)
                .to(types.describe(hook.advice()).resolve(), locator);
        byte[] bytes =
            new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(Implementation.Context.Disabled.Factory.INSTANCE)
                .redefine(type, locator)
                .visit(advice.on(net.bytebuddy.matcher.ElementMatchers.is(method)))
                .make()
                .getBytes();
        return bytes.length > 0;
      }
    }
    return false;
  }

  @Test
  void everyClientNamesAnAdapterThatCanBeMade() throws Exception {
    for (ClientInstrumentation client : ServiceLoader.load(ClientInstrumentation.class)) {
      Class<?> adapter = Class.forName(client.adapter());
      assertThat(Adapter.class).isAssignableFrom(adapter);
      assertThat(adapter.getConstructor(dev.rotor.runtime.http.Exchanges.class)).isNotNull();
    }
  }
}
