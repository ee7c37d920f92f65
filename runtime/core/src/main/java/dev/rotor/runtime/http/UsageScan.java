package dev.rotor.runtime.http;

import dev.rotor.runtime.call.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Usage} and the id that was made from a body while it passes, and a late refusal from
 * a streamed one, in bounded memory and without delaying it.
 *
 * <p>A JSON document is read at its end: first its last {@link #TAIL} bytes, where providers tell
 * usage. Where a member begins there that makes, to the end of the document, an object of its own,
 * it is one of the document's outermost members. Where none does, all of the document is read, if
 * it is not longer than {@link #MOST_KEPT} bytes; of a longer one only the tail is kept. Events (<a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-Sent Events</a>) and
 * JSON lines are read one by one; of what they tell the last counts, part by part. A compressed
 * body is kept as it is. Used by one thread at a time.
 */
final class UsageScan implements Consumer<Oddity> {

  static final int MOST_KEPT = 256 * 1024;
  static final int TAIL = 4 * 1024;

  private static final int LONGEST_LINE = 64 * 1024;
  private static final byte[] NO_BYTES = new byte[0];

  private final UsageReader reader;
  private final @Nullable StreamErrors errors;
  private final @Nullable BoundIdReader ids;
  private final boolean lines;
  private final String coding;
  private final Consumer<Oddity> odd;
  private byte[] kept = NO_BYTES;
  private int length;
  private boolean tooLong;
  private @Nullable Usage found;
  private @Nullable Verdict refusal;
  private @Nullable String madeId;
  private int eventsSinceUsage;
  private boolean endsEarly;
  private List<Oddity> told = List.of();

  private UsageScan(
      UsageReader reader,
      @Nullable StreamErrors errors,
      @Nullable BoundIdReader ids,
      boolean lines,
      String coding,
      Consumer<Oddity> odd) {
    this.reader = reader;
    this.errors = errors;
    this.ids = ids;
    this.lines = lines;
    this.coding = coding;
    this.odd = odd;
  }

  /**
   * Null: an answer of this kind tells nothing.
   *
   * @param odd is told of what cannot be understood, once
   */
  static @Nullable UsageScan of(
      UsageReader reader,
      @Nullable StreamErrors errors,
      @Nullable BoundIdReader ids,
      Headers answer,
      Consumer<Oddity> odd) {
    String told = answer.first("Content-Type");
    String type = told == null ? "" : told.strip().toLowerCase(Locale.ROOT);
    boolean lines = type.startsWith("text/event-stream") || type.contains("ndjson");
    if (!lines && !type.contains("json")) {
      return null;
    }
    String coding = ContentCoding.of(answer);
    return ContentCoding.isKnown(coding)
        ? new UsageScan(reader, errors, ids, lines, coding, odd)
        : null;
  }

  void read(byte[] bytes, int offset, int count) {
    if (lines && coding.isEmpty()) {
      readLines(bytes, offset, offset + count);
    } else if (!tooLong && length + count <= MOST_KEPT) {
      keep(bytes, offset, count);
    } else {
      if (!tooLong && ids != null && coding.isEmpty()) {
        lookForIdAtBeginning(bytes, offset, count);
      }
      tooLong = true;
      if (coding.isEmpty()) {
        keepTail(bytes, offset, count);
      }
    }
  }

  /**
   * What the body cost, when it has passed; null: it does not say.
   *
   * @param whole whether its last byte has passed, too
   */
  @Nullable Usage end(boolean whole) {
    endsEarly = !whole;
    if (!coding.isEmpty()) {
      byte[] decoded = tooLong ? NO_BYTES : ContentCoding.decoded(copy(0), coding);
      endsEarly |= decoded.length >= ContentCoding.MOST_DECODED;
      if (lines) {
        length = 0;
        readLines(decoded, 0, decoded.length);
        endLine();
      } else {
        lookForId(decoded);
        found = reader.read(decoded, this);
      }
    } else if (lines) {
      endLine();
    } else {
      if (!tooLong && ids != null) {
        lookForId(copy(0));
      }
      found = readTail();
      if (found == null && !tooLong) {
        found = reader.read(copy(0), this);
      }
    }
    return found;
  }

  /**
   * That the provider refused the request after all, in an event of the stream so far; null: it did
   * not. The last one counts.
   */
  @Nullable Verdict refusal() {
    return refusal;
  }

  /** The id that the answer has made, when it has passed; null: none. */
  @Nullable String madeId() {
    return madeId;
  }

  /** Of a document that is about to be dropped but for its end. */
  private void lookForIdAtBeginning(byte[] bytes, int offset, int count) {
    int before = length;
    keep(bytes, offset, Math.min(count, MOST_KEPT - length));
    lookForId(copy(0));
    length = before;
  }

  private void lookForId(byte[] json) {
    if (ids != null && madeId == null) {
      madeId = ids.made(json);
    }
  }

  private void readLines(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        keepLine(bytes, start, i - start);
        endLine();
        start = i + 1;
      }
    }
    keepLine(bytes, start, to - start);
  }

  private void keepLine(byte[] bytes, int offset, int count) {
    if (length + count > LONGEST_LINE) {
      tooLong = true;
    } else if (count > 0) {
      keep(bytes, offset, count);
    }
  }

  private void endLine() {
    if (length > 0 && !tooLong) {
      int json = indexOf('{', 0);
      if (json >= 0) {
        eventsSinceUsage++;
      }
      if (json >= 0 && lastMember(reader.members(), length) >= 0) {
        Usage before = found;
        found = reader.read(copy(json), found, this);
        eventsSinceUsage = Objects.equals(found, before) ? eventsSinceUsage : 0;
      }
      if (json >= 0 && ids != null && madeId == null) {
        lookForId(copy(json));
      }
      if (json >= 0 && errors != null && lastMember(errors.members(), length) >= 0) {
        Verdict told = errors.read(copy(json));
        refusal = told == null ? refusal : told;
      }
    }
    length = 0;
    tooLong = false;
  }

  /** Something in the body cannot be understood. */
  @Override
  public void accept(Oddity oddity) {
    boolean isCutByReader = endsEarly && oddity.way() == Oddity.Way.BROKEN;
    if (!isCutByReader && !told.contains(oddity)) {
      told = new ArrayList<>(told);
      told.add(oddity);
      odd.accept(oddity);
    }
  }

  /**
   * Whether what it tells of usage is all that it cost. A stream that the application leaves early
   * has told only what was used by then; but many stop at the last event, before the end.
   */
  boolean isWhole() {
    return !endsEarly || (lines && found != null && eventsSinceUsage <= 1);
  }

  private @Nullable Usage readTail() {
    Usage read = null;
    int first = Math.max(0, length - TAIL);
    for (int at = lastMember(reader.members(), length);
        at > first;
        at = lastMember(reader.members(), at)) {
      byte[] member = copy(at - 1);
      // the byte before it gives way to the brace of an object that begins with this member
      member[0] = '{';
      if (JsonReader.isWhole(member)) {
        Usage more = reader.read(member, this);
        read = more == null ? read : more;
        if (read != null && reader.members().size() == 1) {
          break;
        }
      }
    }
    return read;
  }

  private int indexOf(char wanted, int from) {
    for (int i = from; i < length; i++) {
      if (kept[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Where the last of the members begins that can tell something; -1: nowhere before {@code end}.
   */
  private int lastMember(List<byte[]> members, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (kept[i] == '"') {
        for (byte[] member : members) {
          if (startsAt(i, member)) {
            return i;
          }
        }
      }
    }
    return -1;
  }

  private boolean startsAt(int at, byte[] member) {
    return at + member.length <= length
        && Arrays.equals(kept, at, at + member.length, member, 0, member.length);
  }

  private void keep(byte[] bytes, int offset, int count) {
    if (kept.length - length < count) {
      byte[] longer = new byte[Math.max(length + count, Math.max(512, 2 * kept.length))];
      System.arraycopy(kept, 0, longer, 0, length);
      kept = longer;
    }
    System.arraycopy(bytes, offset, kept, length, count);
    length += count;
  }

  private void keepTail(byte[] bytes, int offset, int count) {
    if (count >= TAIL) {
      length = 0;
      keep(bytes, offset + count - TAIL, TAIL);
      return;
    }
    if (length > TAIL) {
      System.arraycopy(kept, length - TAIL, kept, 0, TAIL);
      length = TAIL;
    }
    keep(bytes, offset, count);
  }

  private byte[] copy(int from) {
    byte[] copy = new byte[length - from];
    System.arraycopy(kept, from, copy, 0, copy.length);
    return copy;
  }
}
