package com.example.boot;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Asks once at start-up, if told to. */
@Component
class AskOnce implements ApplicationRunner {

  private final Provider provider;

  AskOnce(Provider provider) {
    this.provider = provider;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (arguments.containsOption("ask")) {
      String url = arguments.getOptionValues("ask").get(0);
      System.out.println("answered: " + provider.byRestClient(url));
    }
  }
}
