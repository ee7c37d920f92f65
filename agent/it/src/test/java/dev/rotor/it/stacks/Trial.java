package dev.rotor.it.stacks;

import com.example.it.http.Words;
import dev.rotor.it.http.Application;
import dev.rotor.it.http.Providers;
import dev.rotor.it.http.Seen;
import dev.rotor.it.http.Sending;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.time.Duration;
import java.util.List;

/** A scenario with one client: its own API and providers, and the application of its stack. */
final class Trial implements AutoCloseable {

  /** For what is not to be waited for; beyond it a client gives up by itself. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Row row;
  private final Column column;
  private final Providers providers;
  private Application application;
  private Http2Front front;

  Trial(Row row, Column column, String api) {
    this.row = row;
    this.column = column;
    this.providers = Providers.start(api, row.provider());
    if (row.api().contains("<front>")) {
      front = Http2Front.before(providers.provider());
    }
  }

  /** The API as it stands in the file. */
  String yaml() {
    String text = front == null ? row.api() : row.api().replace("<front>", front.url());
    return "  " + providers.api() + ":\n" + providers.filled(text).indent(4);
  }

  void run(Application running) throws Exception {
    application = running;
    row.body().run(this);
  }

  Row row() {
    return row;
  }

  Column column() {
    return column;
  }

  String api() {
    return providers.api();
  }

  StubProvider provider() {
    return providers.provider();
  }

  StubProvider second() {
    return providers.second();
  }

  StubProvider foreign() {
    return providers.foreign();
  }

  String foreignUrl() {
    return providers.foreignUrl();
  }

  Http2Front front() {
    return front;
  }

  /** What Rotor wrote about something. */
  List<String> told(String about) {
    return application.told(about);
  }

  /** Waits for a line of Rotor's. */
  String awaitTold(String text) {
    return application.awaitTold(text);
  }

  Sending get(String path) {
    return sending("GET", path);
  }

  Sending post(String path, String text) {
    return sending("POST", path).text(text);
  }

  Sending sending(String method, String path) {
    String url = path.startsWith("http") ? path : provider().url() + path;
    Words words =
        new Words().with("client", column.driver()).with("method", method).with("url", url);
    return new Sending(this::ask, words);
  }

  private Seen ask(Words words) {
    // the first value counts
    return application.ask(words.with("timeout", PATIENCE.toMillis()));
  }

  /** The keys by which the provider's requests came, in order. */
  List<String> keys() {
    return provider().requests().stream().map(ReceivedRequest::key).toList();
  }

  /** Waits for a request of this number. */
  ReceivedRequest await(long number) throws InterruptedException {
    return provider().await(request -> request.number() == number, PATIENCE);
  }

  /** Waits until the client has left a request of this number. */
  void awaitAborted(long number) throws InterruptedException {
    provider().await(request -> request.number() == number && request.aborted(), PATIENCE);
  }

  @Override
  public void close() {
    providers.close();
    if (front != null) {
      front.close();
    }
  }
}
