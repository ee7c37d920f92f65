package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;

/** Apache HttpClient 4. Its late hand is a request interceptor. */
final class Apache4Driver implements Driver<CloseableHttpClient> {

  Apache4Driver(String way) {}

  @Override
  public CloseableHttpClient client(Setup setup) {
    RequestConfig config =
        RequestConfig.custom().setSocketTimeout((int) setup.timeout().toMillis()).build();
    HttpClientBuilder builder = HttpClients.custom().setDefaultRequestConfig(config);
    int pool = setup.pool() > 0 ? setup.pool() : 20;
    builder.setMaxConnTotal(pool).setMaxConnPerRoute(pool);
    if (setup.isLate()) {
      builder.addInterceptorLast(
          (org.apache.http.HttpRequestInterceptor)
              (request, context) -> request.setHeader(setup.lateName(), setup.lateValue()));
    }
    return builder.build();
  }

  @Override
  public Opened open(CloseableHttpClient client, Wanted wanted, Abort abort) throws IOException {
    RequestBuilder builder = RequestBuilder.create(wanted.method()).setUri(wanted.url());
    wanted.headers().forEach(it -> builder.addHeader(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      builder.setEntity(entity(wanted));
    }
    HttpUriRequest request = builder.build();
    abort.by(request::abort);
    CloseableHttpResponse response = client.execute(request);
    HttpEntity entity = response.getEntity();
    return new Opened(
        response.getStatusLine().getStatusCode(),
        headers(response.getAllHeaders()),
        entity == null ? null : entity.getContent(),
        Opened.closing(response));
  }

  private static HttpEntity entity(Wanted wanted) {
    byte[] content = wanted.body().content();
    return wanted.isOneShot()
        ? new InputStreamEntity(new OnceStream(content))
        : new ByteArrayEntity(content);
  }

  private static Map<String, List<String>> headers(Header[] headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header one : headers) {
      all.computeIfAbsent(one.getName(), unused -> new ArrayList<>()).add(one.getValue());
    }
    return all;
  }
}
