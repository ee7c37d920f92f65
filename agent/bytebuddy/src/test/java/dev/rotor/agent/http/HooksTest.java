package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.agent.http.ClientInstrumentation.Hook;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
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
    "Apache HttpClient 5 (async), org.apache.hc.client5.http.impl.async.AsyncConnectExec, 1",
    "Apache HttpClient 4, org.apache.http.impl.execchain.MainClientExec, 1",
    "Apache HttpClient 4, org.apache.http.impl.execchain.MinimalClientExec, 1",
    "Apache HttpClient 4, org.apache.http.impl.client.DefaultHttpRequestRetryHandler, 1",
    "Apache HttpClient 4, org.apache.http.impl.client.DefaultServiceUnavailableRetryStrategy, 1",
    "Apache HttpClient 4, org.apache.http.impl.client.DefaultRequestDirector, 1",
    "Apache HttpClient 5, org.apache.hc.client5.http.impl.classic.ConnectExec, 1",
    "Apache HttpClient 5, org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy, 2",
    "OkHttp, okhttp3.internal.http1.Http1ExchangeCodec, 1",
    "OkHttp, okhttp3.internal.http2.Http2ExchangeCodec, 1",
    "OkHttp, okhttp3.internal.connection.Transmitter, 1",
    "OkHttp, okhttp3.RealCall, 2",
    "Reactor Netty, reactor.netty.http.client.HttpClientConnect$MonoHttpConnect, 2",
  })
  void hooksFindTheirMethodsAndCanBeWoven(String client, String type, int atLeast) {
    List<Hook> hooks = client(client).hooks().getOrDefault(type, List.of());
    // the tests run with several versions of OkHttp, not all of which have every class
    assumeTrue(!client.equals("OkHttp") || types.describe(type).isResolved());
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
        return bytes.length > 0 && (isOfTheJdk(type) || isDefined(type, bytes));
      }
    }
    return false;
  }

  private static boolean isOfTheJdk(TypeDescription type) {
    return type.getName().startsWith("jdk.") || type.getName().startsWith("sun.");
  }

  /** An old class file cannot hold everything that an advice may bring. */
  private static boolean isDefined(TypeDescription type, byte[] bytes) {
    return ByteArrayClassLoader.ChildFirst.load(
            HooksTest.class.getClassLoader(), Map.of(type, bytes))
        .containsKey(type);
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
