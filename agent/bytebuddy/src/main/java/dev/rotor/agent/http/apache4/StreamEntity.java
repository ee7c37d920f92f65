package dev.rotor.agent.http.apache4;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** An answer's body with another stream over its own. */
final class StreamEntity extends HttpEntityWrapper {

  private final InputStream content;

  StreamEntity(HttpEntity own, InputStream content) {
    super(own);
    this.content = content;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (content) {
      content.transferTo(out);
    }
  }

  @Override
  @Deprecated
  public void consumeContent() throws IOException {
    content.close();
  }
}
