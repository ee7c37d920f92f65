package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/** Retrofit on OkHttp. Its late hand is OkHttp's. */
final class RetrofitDriver implements Driver<RetrofitDriver.Api> {

  /** As an application writes it. */
  interface Api {
    @Streaming
    @GET
    Call<ResponseBody> get(@Url String url, @HeaderMap Map<String, String> headers);

    @Streaming
    @POST
    Call<ResponseBody> post(
        @Url String url, @HeaderMap Map<String, String> headers, @Body RequestBody body);
  }

  RetrofitDriver(String way) {}

  @Override
  public Api client(Setup setup) {
    return new Retrofit.Builder()
        .client(OkHttpDriver.made(setup))
        .baseUrl("http://localhost/")
        .build()
        .create(Api.class);
  }

  @Override
  public Opened open(Api api, Wanted wanted, Abort abort) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    wanted.headers().forEach(it -> headers.put(Wanted.name(it), Wanted.value(it)));
    Call<ResponseBody> call =
        wanted.hasBody()
            ? api.post(wanted.url(), headers, OkHttpDriver.body(wanted))
            : api.get(wanted.url(), headers);
    abort.by(call::cancel);
    Response<ResponseBody> response = call.execute();
    ResponseBody body = response.isSuccessful() ? response.body() : response.errorBody();
    return new Opened(
        response.code(), response.headers().toMultimap(), body.byteStream(), Opened.closing(body));
  }
}
