package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache HttpClient 5, classic: {@code execute} is what 5.1 has, too. Its late hand is a request
 * interceptor. Its own retries of a 429, which wait as long as {@code Retry-After} says, are off
 * unless they are wanted.
 */
final class Apache5Driver implements Driver<CloseableHttpClient> {

  private final boolean executes;

  Apache5Driver(String way) {
    this.executes = way.equals("execute");
  }

  @Override
  public CloseableHttpClient client(Setup setup) {
    return made(setup);
  }

  static CloseableHttpClient made(Setup setup) {
    int pool = setup.pool() > 0 ? setup.pool() : 20;
    HttpClientBuilder builder =
        HttpClients.custom()
            .setDefaultRequestConfig(config(setup))
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(pool)
                    .setMaxConnPerRoute(pool)
                    .build());
    if (!setup.retries()) {
      builder.disableAutomaticRetries();
    }
    if (setup.isLate()) {
      builder.addRequestInterceptorLast(
          (request, entity, context) -> request.setHeader(setup.lateName(), setup.lateValue()));
    }
    return builder.build();
  }

  static RequestConfig config(Setup setup) {
    return RequestConfig.custom()
        .setResponseTimeout(Timeout.ofMilliseconds(setup.timeout().toMillis()))
        .setConnectionRequestTimeout(Timeout.ofMilliseconds(PATIENCE.toMillis()))
        .build();
  }

  @Override
  public Opened open(CloseableHttpClient client, Wanted wanted, Abort abort) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(wanted.method(), URI.create(wanted.url()));
    wanted.headers().forEach(it -> request.addHeader(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      request.setEntity(entity(wanted));
    }
    abort.by(request::abort);
    ClassicHttpResponse response = answer(client, request);
    HttpEntity entity = response.getEntity();
    Body body = entity == null ? null : new Body(entity.getContent());
    return new Opened(
        response.getCode(),
        headers(response.getHeaders()),
        body,
        () -> {
          if (body == null || body.ended) {
            response.close();
          } else {
            // closing would read on to the end
            request.abort();
          }
          return null;
        });
  }

  @SuppressWarnings("deprecation")
  private ClassicHttpResponse answer(CloseableHttpClient client, HttpUriRequestBase request)
      throws IOException {
    return executes ? client.execute(request) : client.executeOpen(null, request, null);
  }

  private static final class Body extends FilterInputStream {
    private boolean ended;

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      ended |= next < 0;
      return next;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      ended |= count < 0;
      return count;
    }
  }

  private static HttpEntity entity(Wanted wanted) {
    byte[] content = wanted.body().content();
    return wanted.isOneShot()
        ? new InputStreamEntity(new OnceStream(content), null)
        : new ByteArrayEntity(content, null);
  }

  static Map<String, List<String>> headers(Header[] headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header one : headers) {
      all.computeIfAbsent(one.getName(), unused -> new ArrayList<>()).add(one.getValue());
    }
    return all;
  }
}
