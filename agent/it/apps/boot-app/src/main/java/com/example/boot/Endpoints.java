package com.example.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import org.slf4j.Logger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a user asks of the application. */
@RestController
class Endpoints {

  private final Provider provider;

  Endpoints(Provider provider) {
    this.provider = provider;
  }

  @GetMapping("/rest-client")
  String restClient(@RequestParam String of) {
    return provider.byRestClient(of);
  }

  @GetMapping("/rest-template")
  String restTemplate(@RequestParam String of) {
    return provider.byRestTemplate(of);
  }

  @GetMapping("/web-client")
  String webClient(@RequestParam String of) {
    return provider.byWebClient(of);
  }

  /** Where libraries come from that Rotor has, too. */
  @GetMapping("/libraries")
  List<String> libraries() {
    return Stream.of(ObjectMapper.class, Logger.class, MeterRegistry.class, ByteBuddy.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .collect(Collectors.toList());
  }
}
