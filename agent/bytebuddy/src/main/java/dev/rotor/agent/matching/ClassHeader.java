package dev.rotor.agent.matching;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the constant pool and the head of a class file tell (JVMS 4.1 and 4.4): its supertypes, and
 * whether it names one of Rotor's annotations.
 *
 * @param superName internal name; null for Object and modules
 * @param interfaces internal names
 * @param marked whether the constant pool names an annotation of ours
 */
record ClassHeader(@Nullable String superName, List<String> interfaces, boolean marked) {

  private static final byte[] ANNOTATIONS =
      "Ldev/rotor/annotations/".getBytes(StandardCharsets.US_ASCII);

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;

  /**
   * Reads a class file.
   *
   * @throws RuntimeException when the bytes are no class file
   */
  static ClassHeader read(byte[] file) {
    int count = u2(file, 8);
    int[] offsets = new int[count];
    boolean marked = false;
    int at = 10;
    for (int i = 1; i < count; i++) {
      offsets[i] = at;
      int tag = file[at];
      if (tag == UTF8) {
        int length = u2(file, at + 1);
        marked |= startsWithAnnotation(file, at + 3, length);
        at += 3 + length;
      } else {
        at += 1 + size(tag);
        if (tag == LONG || tag == DOUBLE) {
          i++;
        }
      }
    }
    int superIndex = u2(file, at + 4);
    int interfaceCount = u2(file, at + 6);
    List<String> interfaces = new ArrayList<>(interfaceCount);
    for (int i = 0; i < interfaceCount; i++) {
      interfaces.add(className(file, offsets, u2(file, at + 8 + 2 * i)));
    }
    return new ClassHeader(
        superIndex == 0 ? null : className(file, offsets, superIndex), interfaces, marked);
  }

  private static int size(int tag) {
    return switch (tag) {
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case LONG, DOUBLE -> 8;
      case 7, 8, 16, 19, 20 -> 2;
      case METHOD_HANDLE -> 3;
      default -> throw new IllegalArgumentException("unknown constant pool tag " + tag);
    };
  }

  private static boolean startsWithAnnotation(byte[] file, int at, int length) {
    if (length <= ANNOTATIONS.length || file[at] != 'L') {
      return false;
    }
    for (int i = ANNOTATIONS.length - 1; i > 0; i--) {
      if (file[at + i] != ANNOTATIONS[i]) {
        return false;
      }
    }
    return true;
  }

  private static String className(byte[] file, int[] offsets, int index) {
    int name = offsets[u2(file, offsets[index] + 1)];
    return new String(file, name + 3, u2(file, name + 1), StandardCharsets.UTF_8);
  }

  private static int u2(byte[] file, int at) {
    return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
  }
}
