package dev.rotor.agent.http.apache4;

import dev.rotor.agent.http.Addresses;
import dev.rotor.agent.http.BlockingClient;
import dev.rotor.agent.http.WatchedStream;
import dev.rotor.runtime.http.AnswerBody;
import dev.rotor.runtime.http.Headers;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RefusedAnswer;
import dev.rotor.runtime.http.RequestEdit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.apache.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;

/** One hop of a request. */
final class ExecSend implements BlockingClient<ExecSend.Answer> {

  /**
   * An answer.
   *
   * @param address where it came from
   * @param unsent whether a proxy gave it, which would not let the request through
   */
  record Answer(CloseableHttpResponse response, URI address, boolean unsent) {}

  private final ExecMethod exec;
  private final Trail trail;
  private final ShownRequest shown;
  private final HttpRoute route;

  ExecSend(ExecMethod exec, Trail trail, ShownRequest shown, HttpRoute route) {
    this.exec = exec;
    this.trail = trail;
    this.shown = shown;
    this.route = route;
  }

  @Override
  public Attempt<Answer> prepare(HttpCall call) {
    RequestEdit edit = call.edit();
    URI address = edit.uri();
    HttpRoute towards = Destination.route(route, address);
    HttpHost host =
        towards.equals(route)
            ? null
            : new HttpHost(Addresses.host(address), address.getPort(), address.getScheme());
    boolean throughProxy = towards.getProxyHost() != null && !towards.isTunnelled();
    HttpRequestWrapper request = shown.edited(edit, throughProxy, host);
    URI origin = Destination.origin(towards);
    return () -> {
      trail.to(origin);
      ExecMethod.Sent sent = exec.execute(towards, request, shown.request(), host);
      return new Answer(sent.response(), origin, sent.unsent());
    };
  }

  @Override
  public boolean isUnsent(Answer answer) {
    return answer.unsent();
  }

  @Override
  public URI address(Answer answer) {
    return answer.address();
  }

  @Override
  public int status(Answer answer) {
    return answer.response().getStatusLine().getStatusCode();
  }

  @Override
  public Headers headers(Answer answer) {
    return Headers.of(
        name -> {
          Header header = answer.response().getFirstHeader(name);
          return header == null ? null : header.getValue();
        },
        name -> answer.response().getHeaders(name).length);
  }

  @Override
  public byte @Nullable [] hold(Answer answer) throws IOException {
    HttpEntity entity = answer.response().getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    if (entity == null || content == null) {
      return new byte[0];
    }
    byte[] bytes = content.readNBytes(HttpCall.MOST_HELD + 1);
    if (bytes.length > HttpCall.MOST_HELD) {
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(bytes), content);
      answer.response().setEntity(new StreamEntity(entity, whole));
      return null;
    }
    content.close();
    answer.response().setEntity(new HeldEntity(entity, bytes));
    return bytes;
  }

  @Override
  public Answer handOn(Answer answer, HttpCall call) throws IOException {
    CloseableHttpResponse response = answer.response();
    AnswerBody body = call.passed(status(answer), headers(answer));
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    if (entity == null || content == null) {
      body.end();
      return answer;
    }
    exec.abort().reads(body);
    InputStream watched = new WatchedStream(content, body, entity.getContentLength());
    response.setEntity(new StreamEntity(entity, watched));
    return new Answer(
        Responses.closedBy(
            response,
            () -> {
              body.close();
              response.close();
            }),
        answer.address(),
        false);
  }

  @Override
  public Answer marked(Answer answer, Map<String, String> headers) {
    headers.forEach(answer.response()::setHeader);
    return answer;
  }

  /** A held one has given its connection back. */
  @Override
  public void drop(Answer answer) {
    try {
      answer.response().close();
    } catch (IOException broken) {
      // nobody will read it
    }
  }

  @Override
  public boolean isGivenUp(Throwable failure) {
    return exec.abort().isCancelled()
        || failure instanceof RequestAbortedException
        || failure instanceof ConnectionPoolTimeoutException
        || failure.getClass() == InterruptedIOException.class;
  }

  @Override
  public Answer refused(RefusedAnswer answer) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while it waited for a key");
    }
    HttpResponse response =
        new BasicHttpResponse(HttpVersion.HTTP_1_1, RefusedAnswer.STATUS, "Too Many Requests");
    answer.headers().forEach(response::setHeader);
    response.setEntity(new ByteArrayEntity(answer.body(), ContentType.APPLICATION_JSON));
    return new Answer(Responses.closedBy(response, () -> {}), shown.uri(), false);
  }
}
