package dev.rotor.samples.stub;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The answers to requests that were let through, in the form of OpenAI's API reference. A chat says
 * back what it was told; an embedding depends on the text alone.
 */
final class OpenAiApi {
  private static final long CREATED = 1_700_000_000L;
  private static final int DIMENSIONS = 8;

  private OpenAiApi() {}

  static Answer answer(HttpRequest request, long number) {
    RequestFields fields = RequestFields.of(request.text());
    return switch (request.method() + " " + request.path()) {
      case "POST /v1/chat/completions" ->
          fields.stream() ? stream(fields, number) : chat(fields, number);
      case "POST /v1/embeddings" -> embedding(fields);
      case "GET /v1/models" -> models();
      default -> other(request);
    };
  }

  private static Answer chat(RequestFields fields, long number) {
    String content = "You said: " + fields.lastText();
    return Answer.json(
        200,
        """
        {"id": "chatcmpl-%d", "object": "chat.completion", "created": %d, "model": "%s",
         "choices": [{"index": 0, "message": {"role": "assistant", "content": "%s", "refusal": null},
           "logprobs": null, "finish_reason": "stop"}],
         "usage": %s, "system_fingerprint": "fp_stub"}
        """
            .formatted(number, CREATED, fields.model(), content, usage(fields, content)));
  }

  private static Answer stream(RequestFields fields, long number) {
    List<String> events = new ArrayList<>();
    String content = "You said: " + fields.lastText();
    events.add(
        chunk(fields, number, choice("{\"role\": \"assistant\", \"content\": \"\"}", "null")));
    for (String word : words(content)) {
      events.add(chunk(fields, number, choice("{\"content\": \"" + word + "\"}", "null")));
    }
    events.add(chunk(fields, number, choice("{}", "\"stop\"")));
    if (fields.includeUsage()) {
      events.add(chunk(fields, number, "[], \"usage\": " + usage(fields, content)));
    }
    events.add("[DONE]");
    return Answer.events(events);
  }

  /** Cut before each space, so that the parts put together give the text again. */
  private static String[] words(String content) {
    return content.split("(?= )", -1);
  }

  private static String chunk(RequestFields fields, long number, String choices) {
    return "{\"id\": \"chatcmpl-%d\", \"object\": \"chat.completion.chunk\", \"created\": %d, \"model\": \"%s\", \"choices\": %s}"
        .formatted(number, CREATED, fields.model(), choices);
  }

  private static String choice(String delta, String finishReason) {
    return "[{\"index\": 0, \"delta\": %s, \"logprobs\": null, \"finish_reason\": %s}]"
        .formatted(delta, finishReason);
  }

  private static String usage(RequestFields fields, String content) {
    int prompt = RequestFields.tokens(fields.lastText());
    int completion = RequestFields.tokens(content);
    return "{\"prompt_tokens\": %d, \"completion_tokens\": %d, \"total_tokens\": %d}"
        .formatted(prompt, completion, prompt + completion);
  }

  private static Answer embedding(RequestFields fields) {
    int tokens = RequestFields.tokens(fields.lastText());
    return Answer.json(
        200,
        """
        {"object": "list", "model": "%s",
         "data": [{"object": "embedding", "index": 0, "embedding": %s}],
         "usage": {"prompt_tokens": %d, "total_tokens": %d}}
        """
            .formatted(fields.model(), vector(fields), tokens, tokens));
  }

  private static String vector(RequestFields fields) {
    ByteBuffer bytes = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(LITTLE_ENDIAN);
    List<String> numbers = new ArrayList<>();
    int state = fields.lastText().hashCode();
    for (int i = 0; i < DIMENSIONS; i++) {
      state = state * 1_103_515_245 + 12_345;
      bytes.putFloat((state >> 16) / 32_768f);
      numbers.add(String.format(Locale.ROOT, "%.4f", (state >> 16) / 32_768.0));
    }
    return fields.base64()
        ? '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"'
        : numbers.toString();
  }

  private static Answer models() {
    List<String> models = new ArrayList<>();
    for (String id : List.of("gpt-4o", "gpt-4o-mini", "text-embedding-3-small")) {
      models.add(
          "{\"id\": \"%s\", \"object\": \"model\", \"created\": %d, \"owned_by\": \"stub\"}"
              .formatted(id, CREATED));
    }
    return Answer.json(
        200, "{\"object\": \"list\", \"data\": [%s]}".formatted(String.join(", ", models)));
  }

  /** Two things that are not OpenAI's, for clients of other APIs: an exchange rate and an echo. */
  private static Answer other(HttpRequest request) {
    String path = request.path();
    if (path.startsWith("/rates/")) {
      String currency = path.substring("/rates/".length());
      double rate = 0.5 + Math.floorMod(currency.hashCode(), 1000) / 1000.0;
      return Answer.json(
          200,
          String.format(
              Locale.ROOT, "{\"currency\": \"%s\", \"rate\": %.4f}", Json.escape(currency), rate));
    }
    if (path.equals("/echo") || path.startsWith("/echo/")) {
      return Answer.json(
          200,
          "{\"method\": \"%s\", \"path\": \"%s\", \"body\": \"%s\"}"
              .formatted(request.method(), Json.escape(path), Json.escape(request.text())));
    }
    return OpenAiError.unknownUrl(request.method(), path);
  }
}
