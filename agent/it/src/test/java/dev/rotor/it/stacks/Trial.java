package dev.rotor.it.stacks;

import com.example.it.http.Words;
import dev.rotor.it.http.Application;
import dev.rotor.it.http.Conversation;
import dev.rotor.it.http.Providers;
import dev.rotor.it.http.Seen;
import dev.rotor.samples.stub.ReceivedRequest;
import java.time.Duration;
import java.util.List;

/** A scenario with one client: its own API and providers, and the application of its stack. */
final class Trial extends Conversation {

  /** For what is not to be waited for; beyond it a client gives up by itself. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Row row;
  private final Column column;
  private final Http2Front front;

  Trial(Row row, Column column, String api) {
    super(column.driver(), Providers.start(api, row.provider()));
    this.row = row;
    this.column = column;
    this.front = row.api().contains("<front>") ? Http2Front.before(provider()) : null;
  }

  /** The API as it stands in the file. */
  String yaml() {
    String text = front == null ? row.api() : row.api().replace("<front>", front.url());
    return "  " + api() + ":\n" + filled(text).indent(4);
  }

  void run(Application running) throws Exception {
    begin(running);
    row.body().run(this);
  }

  Row row() {
    return row;
  }

  Column column() {
    return column;
  }

  Http2Front front() {
    return front;
  }

  /** What Rotor wrote about something. */
  List<String> told(String about) {
    return application().told(about);
  }

  /** Waits for a line of Rotor's. */
  String awaitTold(String text) {
    return application().awaitTold(text);
  }

  @Override
  public Seen ask(Words words) {
    // the first value counts
    return super.ask(words.with("timeout", PATIENCE.toMillis()));
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
    super.close();
    if (front != null) {
      front.close();
    }
  }
}
