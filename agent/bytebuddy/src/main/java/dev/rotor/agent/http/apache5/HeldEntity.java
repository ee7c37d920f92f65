package dev.rotor.agent.http.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body that has been read into memory; its connection is free. */
final class HeldEntity extends HttpEntityWrapper {

  private final byte[] content;

  HeldEntity(HttpEntity read, byte[] content) {
    super(read);
    this.content = content;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(content);
  }

  @Override
  public long getContentLength() {
    return content.length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  @Override
  public void close() {
    // it lies in memory
  }
}
