package com.example.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application. */
@SpringBootApplication
public class BootApp {

  /** With {@code --ask=URL}, asks once; without a web server it then ends. */
  public static void main(String[] arguments) {
    SpringApplication.run(BootApp.class, arguments);
  }
}
