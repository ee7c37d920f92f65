package dev.rotor.samples.stub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;

/** The stub provider as a program; see {@link #USAGE}. */
final class StubProgram {
  private static final String USAGE =
      """
      java -jar stub-provider.jar [OPTION VALUE]...    start, print one line with the URL, serve
      java -jar stub-provider.jar counts URL           print what a running provider counted, as JSON
      java -jar stub-provider.jar reset URL            let it forget what it counted

        --port N           listen here; 0, the default: any free port
        --keys KEY,...     accept these; a key is [NAME=]SECRET[:RATE][:tokens=RATE][:quota=N][:account=NAME]
        --faults FAULT,... 503=2%  reset@12  cut@3  slow=5%:200ms  garbage=1%   (% by chance, @ by number)
        --seed N           for faults by chance
        --window KIND      sliding, the default, or fixed
        --per-model YES    yes: each model has limits of its own
        --stream-gap TIME  wait after each event of a stream
      """;

  private StubProgram() {}

  /** Runs until it is killed; exits with 2 when an option is wrong. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      run(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("stub-provider: " + e.getMessage() + "\n\n" + USAGE);
      System.exit(2);
    }
  }

  private static void run(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2 && arguments[0].equals("counts")) {
      System.out.print(ask("GET", arguments[1] + "/stub/counts"));
    } else if (arguments.length == 2 && arguments[0].equals("reset")) {
      ask("POST", arguments[1] + "/stub/reset");
    } else {
      try (StubProvider provider = configured(arguments).start()) {
        System.out.println("stub provider listens on " + provider.url());
        new CountDownLatch(1).await();
      }
    }
  }

  private static StubProviderBuilder configured(String[] arguments) {
    StubProviderBuilder builder = StubProvider.builder();
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("'" + arguments[i] + "' needs a value");
      }
      configure(builder, arguments[i], arguments[i + 1]);
    }
    return builder;
  }

  private static void configure(StubProviderBuilder builder, String option, String value) {
    switch (option) {
      case "--port" -> builder.port(Integer.parseInt(value));
      case "--keys" -> builder.keys(value);
      case "--faults" -> builder.faults(value);
      case "--seed" -> builder.seed(Long.parseLong(value));
      case "--stream-gap" -> builder.streamGap(Rate.parseDuration(value));
      case "--window" -> {
        if (value.equals("fixed")) {
          builder.fixedWindow();
        } else if (!value.equals("sliding")) {
          throw new IllegalArgumentException("--window is sliding or fixed, not '" + value + "'");
        }
      }
      case "--per-model" -> {
        if (value.equals("yes")) {
          builder.limitsPerModel();
        }
      }
      default -> throw new IllegalArgumentException("unknown option '" + option + "'");
    }
  }

  private static String ask(String method, String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            java.net.http.HttpRequest.newBuilder(URI.create(url))
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
