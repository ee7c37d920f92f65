package com.example.boot;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The provider by each of Spring's clients; a status above 399 is an exception. */
@Component
class Provider {

  private final RestClient restClient;
  private final WebClient webClient;
  // by HttpURLConnection, as it comes
  private final RestTemplate restTemplate = new RestTemplate();

  Provider(RestClient.Builder restClient, WebClient.Builder webClient) {
    this.restClient = restClient.build();
    this.webClient = webClient.build();
  }

  String byRestClient(String url) {
    return restClient.get().uri(url).retrieve().body(String.class);
  }

  String byRestTemplate(String url) {
    return restTemplate.getForObject(url, String.class);
  }

  String byWebClient(String url) {
    ResponseEntity<String> answer =
        webClient
            .get()
            .uri(url)
            .retrieve()
            .onStatus(HttpStatusCode::isError, response -> response.createException())
            .toEntity(String.class)
            .block();
    return answer == null ? "" : answer.getBody();
  }
}
