package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * OkHttp 3, 4 and 5: {@code execute} or {@code enqueue}. Its late hand is a network interceptor.
 */
final class OkHttpDriver implements Driver<OkHttpClient> {

  private final boolean enqueues;

  OkHttpDriver(String way) {
    this.enqueues = way.equals("enqueue");
  }

  @Override
  public OkHttpClient client(Setup setup) {
    return made(setup);
  }

  static OkHttpClient made(Setup setup) {
    OkHttpClient.Builder builder = new OkHttpClient.Builder().readTimeout(setup.timeout());
    if (setup.pool() > 0) {
      builder.connectionPool(new ConnectionPool(setup.pool(), 1, TimeUnit.MINUTES));
    }
    if (setup.isLate()) {
      builder.addNetworkInterceptor(new Late(setup));
    }
    return builder.build();
  }

  @Override
  public Opened open(OkHttpClient client, Wanted wanted, Abort abort) throws Exception {
    Call call = client.newCall(request(wanted));
    if (!enqueues) {
      abort.by(call::cancel);
      return opened(call.execute());
    }
    Queued queued = new Queued();
    call.enqueue(queued);
    abort.by(call::cancel);
    return opened(Futures.get(queued.answer));
  }

  private static Request request(Wanted wanted) {
    Request.Builder builder = new Request.Builder().url(wanted.url());
    wanted.headers().forEach(it -> builder.addHeader(Wanted.name(it), Wanted.value(it)));
    return builder.method(wanted.method(), wanted.hasBody() ? body(wanted) : null).build();
  }

  /** The factory that all versions have. */
  @SuppressWarnings("deprecation")
  static RequestBody body(Wanted wanted) {
    byte[] content = wanted.body().content();
    return wanted.isOneShot() ? new OneShot(content) : RequestBody.create(null, content);
  }

  private static Opened opened(Response response) {
    return new Opened(
        response.code(),
        response.headers().toMultimap(),
        response.body().byteStream(),
        Opened.closing(response));
  }

  private record Late(Setup setup) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      return chain.proceed(
          chain.request().newBuilder().header(setup.lateName(), setup.lateValue()).build());
    }
  }

  private static final class OneShot extends RequestBody {
    private final byte[] content;
    private boolean written;

    OneShot(byte[] content) {
      this.content = content;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      if (written) {
        throw new IOException("the body was asked for twice");
      }
      written = true;
      sink.write(content);
    }
  }

  private static final class Queued implements Callback {
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    @Override
    public void onResponse(Call call, Response response) {
      answer.complete(response);
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      answer.completeExceptionally(failure);
    }
  }
}
