package dev.rotor.runtime.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers as a tree, so that one step down answers for all of them. Immutable once built. */
final class PointerTree {
  private static final String ANY = "*";

  private final Map<String, PointerTree> children = new HashMap<>();
  private @Nullable PointerTree any;
  private int[] pointers = {};
  private int firstBelow = -1;

  private PointerTree() {}

  static PointerTree of(List<String> pointers) {
    PointerTree root = new PointerTree();
    for (int i = 0; i < pointers.size(); i++) {
      root.add(pointers.get(i), i);
    }
    root.settle();
    return root;
  }

  private void add(String pointer, int index) {
    if (!pointer.isEmpty() && pointer.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "'" + pointer + "' is no JSON pointer; write it as in /error/code");
    }
    PointerTree node = this;
    int start = 1;
    while (start <= pointer.length()) {
      int slash = pointer.indexOf('/', start);
      int end = slash < 0 ? pointer.length() : slash;
      String segment = pointer.substring(start, end).replace("~1", "/").replace("~0", "~");
      if (slash < 0 && !segment.equals(ANY) && node.firstBelow < 0) {
        node.firstBelow = index;
      }
      node = node.grow(segment);
      start = end + 1;
    }
    node.mark(index);
  }

  private PointerTree grow(String segment) {
    if (segment.equals(ANY)) {
      if (any == null) {
        any = new PointerTree();
      }
      return any;
    }
    return children.computeIfAbsent(segment, name -> new PointerTree());
  }

  private void mark(int index) {
    int[] more = Arrays.copyOf(pointers, pointers.length + 1);
    more[pointers.length] = index;
    pointers = more;
  }

  /** Lets each named child know what {@code *} beside it knows, so that one lookup is enough. */
  private void settle() {
    if (any != null) {
      for (PointerTree child : children.values()) {
        child.learn(any);
      }
      any.settle();
    }
    children.values().forEach(PointerTree::settle);
  }

  private void learn(PointerTree other) {
    for (int pointer : other.pointers) {
      mark(pointer);
    }
    other.children.forEach((name, child) -> grow(name).learn(child));
    if (other.any != null) {
      grow(ANY).learn(other.any);
    }
  }

  boolean isEmpty() {
    return isLeaf() && pointers.length == 0;
  }

  boolean isLeaf() {
    return any == null && children.isEmpty();
  }

  int[] pointers() {
    return pointers;
  }

  /** Whether an object of scalars is wanted here, and nothing else. */
  boolean isParent() {
    return pointers.length == 0 && firstBelow() >= 0;
  }

  /** One of the pointers that lead to the members of what stands here; -1: none does. */
  int firstBelow() {
    return firstBelow;
  }

  @Nullable PointerTree member(String name) {
    PointerTree child = children.get(name);
    return child == null ? any : child;
  }

  @Nullable PointerTree element(int index) {
    return children.isEmpty() ? any : member(Integer.toString(index));
  }
}
