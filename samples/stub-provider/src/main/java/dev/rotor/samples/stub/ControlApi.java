package dev.rotor.samples.stub;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** What one process asks the stub provider of another: {@code /stub/...}. Never recorded. */
final class ControlApi implements HttpListener.Handler {
  private final StubProvider provider;
  private final HttpListener.Handler next;

  ControlApi(StubProvider provider, HttpListener.Handler next) {
    this.provider = provider;
    this.next = next;
  }

  @Override
  public boolean handle(HttpRequest request, Connection connection) throws IOException {
    if (!request.path().startsWith("/stub/")) {
      return next.handle(request, connection);
    }
    connection.send(answer(request), true);
    return request.keepsAlive();
  }

  private Answer answer(HttpRequest request) {
    String key = request.parameter("key");
    try {
      switch (request.method() + " " + request.path()) {
        case "GET /stub/counts" -> {
          return Answer.json(200, countsAsJson());
        }
        case "POST /stub/reset" -> provider.reset();
        case "POST /stub/disable" -> provider.disable(key == null ? "" : key);
        case "POST /stub/enable" -> provider.enable(key == null ? "" : key);
        default -> {
          return Answer.json(
              404,
              "{\"error\": \"there are GET /stub/counts and POST /stub/reset,"
                  + " /stub/disable?key=NAME, /stub/enable?key=NAME\"}");
        }
      }
      return Answer.json(200, "{}");
    } catch (IllegalArgumentException e) {
      return Answer.json(
          400, "{\"error\": \"%s\"}".formatted(Json.escape(String.valueOf(e.getMessage()))));
    }
  }

  private String countsAsJson() {
    return provider.counts().entrySet().stream()
        .map(ControlApi::countAsJson)
        .collect(Collectors.joining(",\n ", "{", "}\n"));
  }

  private static String countAsJson(Map.Entry<String, KeyCounts> entry) {
    return "\"%s\": %s".formatted(Json.escape(entry.getKey()), entry.getValue().toJson());
  }
}
