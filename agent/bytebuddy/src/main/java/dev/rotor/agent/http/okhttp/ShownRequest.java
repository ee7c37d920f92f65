package dev.rotor.agent.http.okhttp;

import dev.rotor.runtime.http.Request;
import dev.rotor.runtime.http.RequestEdit;
import java.io.IOException;
import java.net.URI;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The application's request as the engine sees it. */
record ShownRequest(okhttp3.Request request, URI uri) implements Request {

  /** The same request as it is further down, where its address is the same more often than not. */
  ShownRequest later(okhttp3.Request last) {
    return last == request
        ? this
        : new ShownRequest(last, last.url().equals(request.url()) ? uri : last.url().uri());
  }

  /** Null: its address is none that the engine could read. */
  static @Nullable ShownRequest of(okhttp3.Request request) {
    try {
      return new ShownRequest(request, LastAddress.uri(request.url()));
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  @Override
  public @Nullable String first(String name) {
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        return headers.value(i);
      }
    }
    return null;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public boolean isReplayable() {
    RequestBody body = request.body();
    return body == null || !(body.isOneShot() || body.isDuplex());
  }

  @Override
  public byte @Nullable [] body(int limit) {
    RequestBody body = request.body();
    try {
      if (body == null || !isReplayable() || body.contentLength() < 0) {
        return null;
      }
      if (body.contentLength() > limit) {
        return null;
      }
      Buffer content = new Buffer();
      body.writeTo(content);
      return content.readByteArray();
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** The same to another address; the application's own instance if it is none. */
  okhttp3.Request towards(URI target) {
    return target.equals(uri)
        ? request
        : request.newBuilder().url(HttpUrl.get(target.toString())).removeHeader("Host").build();
  }

  /** The request that leaves. */
  okhttp3.Request edited(RequestEdit edit) {
    okhttp3.Request.Builder builder = request.newBuilder();
    if (!edit.uri().equals(uri)) {
      builder.url(HttpUrl.get(edit.uri().toString()));
    }
    edit.remove().forEach(builder::removeHeader);
    edit.set().forEach(builder::header);
    return builder.build();
  }

  @Override
  public String toString() {
    return method() + " " + uri.getHost();
  }
}
