package dev.rotor.agent.http.reactornetty;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;

/**
 * What is not public of the client and is needed of it. All of it is looked up at once, so that a
 * version that looks different is found out before anything is done.
 */
final class ClientShape {

  private static final String CONNECT =
      "reactor.netty.http.client.HttpClientConnect$MonoHttpConnect";

  private final Field config;
  private final Constructor<?> connect;
  private final Constructor<HttpClientConfig> copy;
  private final Field headers;
  private final Field uri;
  private final Field uriText;
  private final Field baseUrl;
  private final Field body;
  private final Field onResponse;
  private final Field afterResponse;
  private final Field followRedirect;
  private final @Nullable Field authentication;

  private ClientShape(Class<?> connectType) throws ReflectiveOperationException {
    config = open(connectType.getDeclaredField("config"));
    connect = open(connectType.getDeclaredConstructor(HttpClientConfig.class));
    copy = open(HttpClientConfig.class.getDeclaredConstructor(HttpClientConfig.class));
    headers = field("headers");
    uri = field("uri");
    uriText = field("uriStr");
    baseUrl = field("baseUrl");
    body = field("body");
    onResponse = field("doOnResponse");
    afterResponse = field("doAfterResponseSuccess");
    followRedirect = field("followRedirectPredicate");
    authentication = fieldSince13("authenticationPredicate");
  }

  /** Null: this version is none that is known. */
  static @Nullable ClientShape find() {
    try {
      return new ClientShape(
          Class.forName(CONNECT, false, HttpClientConfig.class.getClassLoader()));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
      return null;
    }
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  private static Field field(String name) throws NoSuchFieldException {
    return open(HttpClientConfig.class.getDeclaredField(name));
  }

  private static @Nullable Field fieldSince13(String name) {
    try {
      return field(name);
    } catch (NoSuchFieldException olderVersion) {
      return null;
    }
  }

  HttpClientConfig config(Object mono) throws ReflectiveOperationException {
    return (HttpClientConfig) Objects.requireNonNull(config.get(mono));
  }

  @SuppressWarnings("unchecked")
  Mono<Connection> connect(HttpClientConfig of) throws ReflectiveOperationException {
    return (Mono<Connection>) connect.newInstance(of);
  }

  HttpClientConfig copy(HttpClientConfig of) throws ReflectiveOperationException {
    return copy.newInstance(of);
  }

  /** The client's own instance. */
  HttpHeaders headers(HttpClientConfig of) throws ReflectiveOperationException {
    return (HttpHeaders) Objects.requireNonNull(headers.get(of));
  }

  void headers(HttpClientConfig of, HttpHeaders value) throws ReflectiveOperationException {
    headers.set(of, value);
  }

  void address(HttpClientConfig of, URI value) throws ReflectiveOperationException {
    uri.set(of, value);
    uriText.set(of, null);
    baseUrl.set(of, null);
  }

  @Nullable SendBody body(HttpClientConfig of) throws ReflectiveOperationException {
    return SendBody.of(body.get(of));
  }

  void body(HttpClientConfig of, SendBody value) throws ReflectiveOperationException {
    body.set(of, value);
  }

  /** What a connection says of its request; null: it cannot be told. */
  static @Nullable HttpRequest request(Object operations) {
    try {
      return (HttpRequest)
          open(operations.getClass().getDeclaredField("nettyRequest")).get(operations);
    } catch (ReflectiveOperationException | RuntimeException otherVersion) {
      return null;
    }
  }

  /** What the client calls with a response, and what it asks whether to send once more. */
  void callbacks(
      HttpClientConfig of, UnaryOperator<Object> consumer, UnaryOperator<Object> predicate)
      throws ReflectiveOperationException {
    change(onResponse, of, consumer);
    change(afterResponse, of, consumer);
    change(followRedirect, of, predicate);
    if (authentication != null) {
      change(authentication, of, predicate);
    }
  }

  private static void change(Field field, HttpClientConfig of, UnaryOperator<Object> change)
      throws ReflectiveOperationException {
    Object value = field.get(of);
    if (value != null) {
      field.set(of, change.apply(value));
    }
  }
}
