package dev.rotor.samples.stub;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what each request is answered with, and sends it. Thread-safe. */
final class Provider implements HttpListener.Handler {
  private final KeyRing keys;
  private final FaultPlan faults;
  private final Script script;
  private final Journal journal;
  private final InstantSource clock;
  private final Duration streamGap;

  Provider(
      KeyRing keys,
      FaultPlan faults,
      Script script,
      Journal journal,
      InstantSource clock,
      Duration streamGap) {
    this.keys = keys;
    this.faults = faults;
    this.script = script;
    this.journal = journal;
    this.clock = clock;
    this.streamGap = streamGap;
  }

  @Override
  public boolean handle(HttpRequest request, Connection connection) throws IOException {
    String secret = request.secret();
    KeyState key = keys.find(secret);
    ReceivedRequest entry = journal.receive(name(key, secret), request);
    try {
      boolean reusable = answer(entry, key, connection);
      if (!reusable) {
        journal.abandoned(entry);
      }
      return reusable && request.keepsAlive();
    } catch (IOException e) {
      journal.abandoned(entry);
      throw e;
    }
  }

  private static String name(@Nullable KeyState key, @Nullable String secret) {
    if (key != null) {
      return key.name();
    }
    return secret == null || secret.isEmpty() ? "none" : Mask.of(secret);
  }

  /** Whether the client has the whole answer. */
  private boolean answer(ReceivedRequest entry, @Nullable KeyState key, Connection connection)
      throws IOException {
    Answer scripted = script.next(entry.key());
    if (scripted != null) {
      return send(entry, scripted, connection);
    }
    if (entry.path().equals("/redirect")) {
      return send(entry, redirect(entry.request()), connection);
    }
    Fault fault = faults.of(entry.number());
    if (fault == null) {
      return send(entry, decide(entry, key), connection);
    }
    return switch (fault.kind()) {
      case STATUS ->
          send(entry, dressed(OpenAiError.failed(fault.status()), entry, key), connection);
      case RESET -> reset(connection);
      case CUT -> cut(entry, decide(entry, key), connection);
      case SLOW ->
          connection.waitWhileClientStays(fault.delay())
              && send(entry, decide(entry, key), connection);
      case GARBAGE_HEADERS -> send(entry, garbled(decide(entry, key)), connection);
    };
  }

  private static boolean reset(Connection connection) throws IOException {
    connection.reset();
    return false;
  }

  private boolean cut(ReceivedRequest entry, Answer whole, Connection connection)
      throws IOException {
    journal.answered(entry, whole.status());
    connection.sendHalf(whole);
    return reset(connection);
  }

  private Answer decide(ReceivedRequest entry, @Nullable KeyState key) {
    if (key == null || key.isDisabled()) {
      return dressed(OpenAiError.unauthorized(entry.request().secret()), entry, null);
    }
    if (!key.takeQuota()) {
      return dressed(OpenAiError.quotaExceeded(), entry, key);
    }
    RequestFields fields = RequestFields.of(entry.text());
    Instant now = clock.instant();
    entry.limitedAt(now);
    Limits.Verdict verdict =
        keys.limits(key, fields.model()).take(RequestFields.tokens(fields.lastText()), now);
    if (verdict.exceeded() == null) {
      return dressed(OpenAiApi.answer(entry.request(), entry.number()), entry, key);
    }
    key.returnQuota();
    return dressed(OpenAiError.rateLimited(verdict, fields.model(), organization(key)), entry, key);
  }

  /** Adds the headers that every answer has. */
  private Answer dressed(Answer answer, ReceivedRequest entry, @Nullable KeyState key) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.put("x-request-id", "req_%08d".formatted(entry.number()));
    if (key != null) {
      headers.put("openai-organization", organization(key));
      headers.put("openai-version", "2020-10-01");
      Instant now = clock.instant();
      keys.limits(key, RequestFields.of(entry.text()).model()).describe(headers, now);
    }
    return new Answer(answer.status(), headers, answer.body(), answer.stream());
  }

  private static String organization(KeyState key) {
    return "org-" + key.account().replaceAll("[^A-Za-z0-9]+", "-");
  }

  private static Answer garbled(Answer answer) {
    return answer
        .with("x-ratelimit-limit-requests", "many")
        .with("x-ratelimit-remaining-requests", "-7e99")
        .with("x-ratelimit-reset-requests", "\u00ff\u00fe soon")
        .with("x-ratelimit-remaining-tokens", "")
        .with("x-ratelimit-reset-tokens", "99999999999999999999999999h")
        .with("retry-after", "Someday, 32 Foo 20xx 25:61:61 GMT")
        .with("retry-after-ms", "NaN");
  }

  private static Answer redirect(HttpRequest request) {
    String to = request.parameter("to");
    String status = request.parameter("status");
    if (to == null || to.contains("\r") || to.contains("\n")) {
      return Answer.json(400, "{\"error\": \"/redirect?to=URL&status=307\"}");
    }
    return Answer.json(status == null ? 307 : Integer.parseInt(status), "{}").with("location", to);
  }

  private boolean send(ReceivedRequest entry, Answer answer, Connection connection)
      throws IOException {
    // written down first: a client that has its answer must find it counted
    journal.answered(entry, answer.status());
    ScriptedStream stream = answer.stream();
    if (stream == null) {
      connection.send(answer, !entry.method().equals("HEAD"));
      return true;
    }
    connection.startChunks(answer);
    return stream.send(connection, streamGap);
  }
}
