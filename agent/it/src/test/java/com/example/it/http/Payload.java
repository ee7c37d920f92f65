package com.example.it.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** A body, and those that a test and its child both know by their length. */
public final class Payload {

  private final byte[] content;

  private Payload(byte[] content) {
    this.content = content;
  }

  static Payload of(byte[] content) {
    return new Payload(content);
  }

  static Payload of(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The one of this length that the test knows, too. */
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

  /** All of it, not to be changed. */
  public byte[] content() {
    return content;
  }

  public int length() {
    return content.length;
  }

  /** The same without compression, if there is any. */
  byte[] decompressed() {
    if (content.length < 2 || (content[0] & 0xff) != 0x1f || (content[1] & 0xff) != 0x8b) {
      return content;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
