package dev.rotor.runtime.http;

import dev.rotor.runtime.config.ProfileSettings.Estimation;
import org.jspecify.annotations.Nullable;

/** Estimates tokens from a request's body. Immutable. */
final class EstimateReader {
  /** A rule of thumb that providers themselves give for English text. */
  private static final int BYTES_OF_TOKEN = 4;

  /** A run of base64 from this length on is no text but an attachment. */
  private static final int ATTACHMENT_FROM = 1024;

  /** About what a picture of middling size comes to. */
  private static final int TOKENS_OF_ATTACHMENT = 1000;

  /** More than any model answers. */
  private static final long MOST_OUTPUT = 10_000_000;

  private final Estimation settings;
  private final JsonReader maxOutput;

  EstimateReader(Estimation settings) {
    this.settings = settings;
    this.maxOutput = JsonReader.of(settings.maxOutput());
  }

  Estimate read(byte[] body) {
    String told = settings.maxOutput().isEmpty() ? null : firstCount(body);
    long output = told == null ? settings.typicalOutput() : Numbers.whole(told);
    return new Estimate(input(body), Math.min(output, MOST_OUTPUT));
  }

  private @Nullable String firstCount(byte[] body) {
    @Nullable String[] first = new @Nullable String[1];
    maxOutput.read(
        body,
        (pointer, value) -> {
          if (Numbers.whole(value) == Numbers.UNTOLD) {
            return true;
          }
          first[0] = value;
          return false;
        });
    return first[0];
  }

  private static long input(byte[] body) {
    long text = body.length;
    long attachments = 0;
    int run = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i < body.length && isBase64(body[i])) {
        run++;
      } else {
        if (run >= ATTACHMENT_FROM) {
          text -= run;
          attachments++;
        }
        run = 0;
      }
    }
    return (text + BYTES_OF_TOKEN - 1) / BYTES_OF_TOKEN + attachments * TOKENS_OF_ATTACHMENT;
  }

  private static boolean isBase64(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '='
        || b == '-'
        || b == '_'
        || b == '\\'; // some encoders escape the slashes
  }
}
