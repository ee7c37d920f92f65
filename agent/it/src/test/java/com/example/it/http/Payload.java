package com.example.it.http;

import java.util.Random;
import java.util.zip.CRC32;

/** Bodies that a test and its child both know by their length. */
public final class Payload {

  private Payload() {}

  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A sum to compare bodies by. */
  public static long sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
