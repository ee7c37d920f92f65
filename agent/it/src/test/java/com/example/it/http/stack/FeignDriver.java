package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import feign.Client;
import feign.Feign;
import feign.HeaderMap;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.Target;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Feign on its default client, or on that of {@code feign-okhttp}. Its late hand is a {@code
 * RequestInterceptor}.
 */
final class FeignDriver implements Driver<FeignDriver.Api> {

  /** As an application writes it. */
  interface Api {
    @RequestLine("GET")
    Response get(URI url, @HeaderMap Map<String, Object> headers);

    @RequestLine("POST")
    Response post(URI url, @HeaderMap Map<String, Object> headers, byte[] body);
  }

  private final boolean onOkHttp;

  FeignDriver(String way) {
    this.onOkHttp = way.equals("okhttp");
  }

  @Override
  public Api client(Setup setup) throws Exception {
    long millis = setup.timeout().toMillis();
    Feign.Builder builder =
        Feign.builder()
            .options(
                new Request.Options(
                    millis, TimeUnit.MILLISECONDS, millis, TimeUnit.MILLISECONDS, true));
    if (!setup.retries()) {
      builder.retryer(Retryer.NEVER_RETRY);
    }
    if (onOkHttp) {
      builder.client(okHttp());
    }
    if (setup.isLate()) {
      builder.requestInterceptor(template -> template.header(setup.lateName(), setup.lateValue()));
    }
    return builder.target(Target.EmptyTarget.create(Api.class));
  }

  /** By name, since it is only on the class path of one stack. */
  private static Client okHttp() throws ReflectiveOperationException {
    return Class.forName("feign.okhttp.OkHttpClient")
        .asSubclass(Client.class)
        .getConstructor()
        .newInstance();
  }

  @Override
  public Opened open(Api api, Wanted wanted, Abort abort) throws IOException {
    Map<String, Object> headers = new LinkedHashMap<>();
    wanted.headers().forEach(it -> headers.put(Wanted.name(it), Wanted.value(it)));
    URI url = URI.create(wanted.url());
    Response response =
        wanted.hasBody() ? api.post(url, headers, wanted.body().content()) : api.get(url, headers);
    Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, Collection<String>> one : response.headers().entrySet()) {
      received.put(one.getKey(), new ArrayList<>(one.getValue()));
    }
    return new Opened(
        response.status(),
        received,
        response.body() == null ? null : response.body().asInputStream(),
        Opened.closing(response));
  }
}
