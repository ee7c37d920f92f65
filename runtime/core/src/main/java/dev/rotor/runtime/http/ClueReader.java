package dev.rotor.runtime.http;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Clues}. A body with an error code where the profile says one stands is judged by
 * that alone, since the rest of it may quote the request; any other is searched as text.
 */
final class ClueReader {
  /** As much of a text as is searched for words. */
  private static final int SEARCHED = 8192;

  private static final int LONGEST_CODE = 1024;
  private static final int MOST_CODES = 64;

  private static final String GRAPHQL = "/errors/";
  private static final String MAPS = "/status";

  private final JsonReader json;
  private final List<String> inSuccess;
  private final JsonReader success;
  private final int codePointers;
  private final int waitPointers;
  private final InstantSource clock;

  ClueReader(List<String> codePointers, List<String> waitPointers, InstantSource clock) {
    List<String> all = new ArrayList<>(codePointers);
    all.addAll(waitPointers);
    this.json = JsonReader.of(all);
    // Elsewhere in a successful answer, as at /message, stands the application's own text.
    this.inSuccess =
        codePointers.stream()
            .filter(pointer -> pointer.equals(MAPS) || pointer.startsWith(GRAPHQL))
            .toList();
    this.success = JsonReader.of(inSuccess);
    this.codePointers = codePointers.size();
    this.waitPointers = waitPointers.size();
    this.clock = clock;
  }

  Clues ofBody(byte[] body) {
    String text = text(body);
    return read(body, text, List.of(text));
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.UTF_8)
        .toLowerCase(Locale.ROOT);
  }

  /** Of an exception's message, in which an SDK may have put the body. */
  Clues ofMessage(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    int brace = message.indexOf('{');
    if (brace < 0) {
      return new Clues(List.of(text), WaitText.inSentence(text, clock.millis()));
    }
    Clues inside = read(message.substring(brace).getBytes(StandardCharsets.UTF_8), text, List.of());
    return new Clues(List.of(text), inside.waitNanos());
  }

  /** Of one event of a streamed answer; null when no error code stands in it. */
  @Nullable Clues ofEvent(byte[] event) {
    Clues told = read(event, text(event), List.of());
    return told.codes().isEmpty() ? null : told;
  }

  /**
   * Both of one body.
   *
   * @param otherwise stands for the codes where there are none
   */
  private Clues read(byte[] json, String text, List<String> otherwise) {
    long now = clock.millis();
    List<String> codes = new ArrayList<>();
    long[] waits = new long[waitPointers];
    Arrays.fill(waits, WaitText.UNKNOWN);
    this.json.read(
        json,
        (pointer, value) -> {
          if (pointer >= codePointers) {
            int i = pointer - codePointers;
            waits[i] = Math.max(waits[i], WaitText.parse(value, now));
          } else if (codes.size() < MOST_CODES) {
            codes.add(cut(value).toLowerCase(Locale.ROOT));
          }
          return true;
        });
    long wait = firstKnown(waits);
    return new Clues(
        codes.isEmpty() ? otherwise : codes,
        wait == WaitText.UNKNOWN ? WaitText.inSentence(text, now) : wait);
  }

  /** Whether a successful answer may hold an error. */
  boolean readsSuccess() {
    return !inSuccess.isEmpty();
  }

  /** The errors in a successful answer, or null. The text around them says nothing. */
  @Nullable Clues ofSuccess(byte[] body) {
    List<String> codes = new ArrayList<>();
    boolean[] graphQl = new boolean[1];
    success.read(
        body,
        (pointer, value) -> {
          codes.add(cut(value).toLowerCase(Locale.ROOT));
          graphQl[0] |= inSuccess.get(pointer).startsWith(GRAPHQL);
          return codes.size() < MOST_CODES;
        });
    return codes.isEmpty() ? null : new Clues(codes, WaitText.UNKNOWN, graphQl[0]);
  }

  private static long firstKnown(long[] waits) {
    for (long wait : waits) {
      if (wait != WaitText.UNKNOWN) {
        return wait;
      }
    }
    return WaitText.UNKNOWN;
  }

  private static String cut(String value) {
    return value.length() > LONGEST_CODE ? value.substring(0, LONGEST_CODE) : value;
  }
}
