package com.example.it.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;

/** OkHttp, on the thread of the caller or of its dispatcher. */
record OkClient(OkHttpClient client, boolean enqueues) implements Client {

  @Override
  public Pending start(Wanted wanted) {
    Call call = call(wanted);
    if (!enqueues) {
      return OwnThread.start(() -> answer(wanted, call.execute()), call::cancel);
    }
    Queued queued = new Queued(call, wanted);
    call.enqueue(queued);
    return queued;
  }

  @Override
  public Answer send(Wanted wanted) throws Exception {
    return enqueues ? start(wanted).await() : answer(wanted, call(wanted).execute());
  }

  private Call call(Wanted wanted) {
    return client
        .newBuilder()
        .readTimeout(wanted.timeout())
        .proxy(wanted.proxy())
        .build()
        .newCall(request(wanted));
  }

  static Request request(Wanted wanted) {
    Request.Builder builder = new Request.Builder().url(wanted.url());
    wanted.headers().forEach(it -> builder.addHeader(Wanted.name(it), Wanted.value(it)));
    return builder.method(wanted.method(), body(wanted)).build();
  }

  private static RequestBody body(Wanted wanted) {
    if (!wanted.hasBody()) {
      return null;
    }
    return wanted.isOneShot()
        ? new OneShot(wanted)
        : RequestBody.create(wanted.body().content(), null);
  }

  private static Answer answer(Wanted wanted, Response response) throws IOException {
    Stopwatch watch = new Stopwatch();
    try (response) {
      Payload body;
      if (wanted.isReadAsLines()) {
        BufferedSource source = response.body().source();
        for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
          watch.line(line);
        }
        body = watch.payload();
      } else {
        body = Payload.of(response.body().bytes());
      }
      return new Answer(
          response.code(), response.headers().toMultimap(), body, shown(response), watch.timing());
    }
  }

  private static String shown(Response response) {
    StringBuilder shown = new StringBuilder(response.toString());
    for (Response one = response; one != null; one = one.priorResponse()) {
      shown.append(' ').append(shown(one.request()));
      if (one.networkResponse() != null) {
        shown.append(' ').append(shown(one.networkResponse().request()));
      }
    }
    return shown.toString();
  }

  /** Not by its own text, which hides the credentials. */
  private static String shown(Request request) {
    return request.url() + request.headers().toMultimap().toString();
  }

  private static final class OneShot extends RequestBody {
    private final Wanted wanted;

    OneShot(Wanted wanted) {
      this.wanted = wanted;
    }

    @Override
    public okhttp3.MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return wanted.bodyKind().equals("fixed") ? wanted.body().length() : -1;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(wanted.body().content());
    }
  }

  private static final class Queued implements Pending, Callback {
    private final CompletableFuture<Answer> result = new CompletableFuture<>();
    private final Call call;
    private final Wanted wanted;

    Queued(Call call, Wanted wanted) {
      this.call = call;
      this.wanted = wanted;
    }

    @Override
    public void onResponse(Call answered, Response response) {
      try {
        result.complete(answer(wanted, response));
      } catch (IOException failure) {
        result.completeExceptionally(failure);
      }
    }

    @Override
    public void onFailure(Call failed, IOException failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public Answer await() throws Exception {
      try {
        return result.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    @Override
    public boolean cancel() {
      call.cancel();
      return true;
    }
  }
}
