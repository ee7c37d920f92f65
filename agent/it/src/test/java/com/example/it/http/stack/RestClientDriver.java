package com.example.it.http.stack;

import com.example.it.http.Setup;
import com.example.it.http.Wanted;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Spring's {@code RestClient} on {@code java.net.http}, its default where no other client is there.
 * Its late hand is a {@code ClientHttpRequestInterceptor}.
 */
final class RestClientDriver implements Driver<RestClient> {

  RestClientDriver(String way) {}

  @Override
  public RestClient client(Setup setup) {
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(JdkDriver.following());
    factory.setReadTimeout(setup.timeout());
    RestClient.Builder builder = RestClient.builder().requestFactory(factory);
    if (setup.isLate()) {
      builder.requestInterceptor(
          (request, body, execution) -> {
            request.getHeaders().set(setup.lateName(), setup.lateValue());
            return execution.execute(request, body);
          });
    }
    return builder.build();
  }

  @Override
  public Opened open(RestClient client, Wanted wanted, Abort abort) {
    RestClient.RequestBodySpec request =
        client.method(HttpMethod.valueOf(wanted.method())).uri(URI.create(wanted.url()));
    wanted.headers().forEach(it -> request.header(Wanted.name(it), Wanted.value(it)));
    if (wanted.hasBody()) {
      request.body(RestTemplateDriver.body(wanted));
    }
    return request.exchange(
        (sent, response) -> RestTemplateDriver.opened(response, Opened.closing(response)), false);
  }
}
