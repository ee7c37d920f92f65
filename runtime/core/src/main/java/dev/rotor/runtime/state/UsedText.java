package dev.rotor.runtime.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was used, as text that people can read and change: a JSON object in each line. */
public final class UsedText {

  private static final JsonFactory JSON = new JsonFactory();

  private static final String FORM =
      "each line is to be as {\"page\":\"openai/primary\",\"line\":\"daily/requests\","
          + "\"start\":\"2026-11-25T00:00:00Z\",\"end\":\"2026-11-26T00:00:00Z\",\"amount\":12}";

  private UsedText() {}

  /** Writes all of it, and leaves the writer open. */
  public static void write(List<Used> all, Writer to) throws IOException {
    for (Used used : all) {
      try (JsonGenerator json = JSON.createGenerator(to)) {
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("page", used.page());
        json.writeStringField("line", used.line());
        json.writeStringField("start", used.start().toString());
        json.writeStringField("end", used.end().toString());
        json.writeNumberField("amount", used.amount());
        json.writeEndObject();
      }
      to.write('\n');
    }
  }

  /**
   * Reads all of it.
   *
   * @throws IOException when it is of another form; the message tells where, and the form
   */
  public static List<Used> read(Reader from) throws IOException {
    List<Used> all = new ArrayList<>();
    try (JsonParser json = JSON.createParser(from)) {
      while (json.nextToken() != null) {
        all.add(object(json));
      }
    }
    return all;
  }

  private static Used object(JsonParser json) throws IOException {
    int line = json.currentTokenLocation().getLineNr();
    String page = null;
    String name = null;
    Instant start = null;
    Instant end = null;
    long amount = -1;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw malformed(line);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "page" -> page = json.getText();
        case "line" -> name = json.getText();
        case "start" -> start = instant(json.getText(), line);
        case "end" -> end = instant(json.getText(), line);
        case "amount" -> amount = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
        default -> throw malformed(line);
      }
    }
    return used(page, name, start, end, amount, line);
  }

  private static Used used(
      @Nullable String page,
      @Nullable String name,
      @Nullable Instant start,
      @Nullable Instant end,
      long amount,
      int line)
      throws IOException {
    if (page == null || name == null || start == null || end == null || amount < 0) {
      throw malformed(line);
    }
    if (!start.isBefore(end)) {
      throw malformed(line);
    }
    return new Used(page, name, start, end, amount);
  }

  private static Instant instant(String text, int line) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException notOne) {
      throw malformed(line);
    }
  }

  private static IOException malformed(int line) {
    return new IOException("line " + line + " is not the use of a quota; " + FORM);
  }
}
