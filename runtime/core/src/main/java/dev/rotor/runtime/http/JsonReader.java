package dev.rotor.runtime.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scalars at a fixed set of JSON pointers (RFC 6901) from a body, in one pass and without
 * building a tree. The segment {@code *} stands for any element of an array, or any member of an
 * object.
 *
 * <p>A body may be cut off, huge, or not JSON at all: what was found up to the point where it broke
 * counts, and nothing is thrown. Safe for use by many threads.
 */
public final class JsonReader {
  private final PointerTree tree;

  private JsonReader(PointerTree tree) {
    this.tree = tree;
  }

  /**
   * Compiles pointers; a visitor sees them by their position in this list.
   *
   * @throws IllegalArgumentException when one is neither empty nor starts with {@code /}
   */
  public static JsonReader of(List<String> pointers) {
    return new JsonReader(PointerTree.of(pointers));
  }

  /**
   * The names, in quotes, of a document's outermost members below which pointers lead, for a quick
   * look whether reading is worth it.
   */
  static List<byte[]> members(List<String> pointers) {
    return pointers.stream()
        .map(pointer -> pointer.split("/", 3)[1])
        .distinct()
        .map(name -> ('"' + name + '"').getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** Is told of each scalar found, in the order of the body; null values are passed over. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes a value; false stops the reading. */
    boolean found(int pointer, String value);

    /** An object or a list stands at this pointer, or a scalar where the one above it leads to. */
    default void strange(int pointer) {}
  }

  /**
   * Shows the visitor every value at one of the pointers.
   *
   * @return false: the body broke off, or is not JSON, before all was read
   */
  public boolean read(byte[] body, Visitor visitor) {
    if (tree.isEmpty()) {
      return true;
    }
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      if (parser.nextToken() != null) {
        new Walk(parser, body.length, visitor).visit(tree);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      // Not JSON, or only its beginning. Runtime exceptions too: a parser's fault over somebody's
      // body must not become the application's.
      return false;
    }
  }

  /** The first value in the body at any of the pointers, or null. Reads no further than that. */
  public @Nullable String first(byte[] body) {
    @Nullable String[] first = new @Nullable String[1];
    read(
        body,
        (pointer, value) -> {
          first[0] = value;
          return false;
        });
    return first[0];
  }

  /** Whether the bytes are one JSON document, the whole of it and nothing else. */
  static boolean isWhole(byte[] document) {
    try (JsonParser parser = Json.FACTORY.createParser(document)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null && parser.getParsingContext().inRoot();
    } catch (IOException | RuntimeException broken) {
      return false;
    }
  }

  /** A class of its own, so that Jackson is not loaded before there is a body to read. */
  private static final class Json {
    // Names are not interned: bodies are other people's, the intern table is the application's. The
    // pool is not the default thread-local one, which virtual threads would fill for nothing.
    static final JsonFactory FACTORY =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();
  }

  /** One pass over one body; each method says whether to read on. */
  private record Walk(JsonParser parser, int length, Visitor visitor) {

    boolean visit(PointerTree node) throws IOException {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        if (node.isLeaf()) {
          if (node.pointers().length > 0) {
            visitor.strange(node.pointers()[0]);
          }
          parser.skipChildren();
          return true;
        }
        return token == JsonToken.START_OBJECT ? visitMembers(node) : visitElements(node);
      }
      if (token == JsonToken.VALUE_NULL || (token.isNumeric() && isCutOff())) {
        return true;
      }
      if (node.isParent()) {
        visitor.strange(node.firstBelow());
      }
      for (int pointer : node.pointers()) {
        if (!visitor.found(pointer, parser.getText())) {
          return false;
        }
      }
      return true;
    }

    /** A number that ends where the body ends may be the beginning of a longer one. */
    private boolean isCutOff() {
      return parser.currentLocation().getByteOffset() >= length
          && !parser.getParsingContext().inRoot();
    }

    private boolean visitMembers(PointerTree node) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        PointerTree child = node.member(parser.currentName());
        parser.nextToken();
        if (!visitOrSkip(child)) {
          return false;
        }
      }
      return true;
    }

    private boolean visitElements(PointerTree node) throws IOException {
      for (int i = 0; ; i++) {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.END_ARRAY) {
          return true;
        }
        if (!visitOrSkip(node.element(i))) {
          return false;
        }
      }
    }

    private boolean visitOrSkip(@Nullable PointerTree child) throws IOException {
      if (child == null) {
        parser.skipChildren();
        return true;
      }
      return visit(child);
    }
  }
}
