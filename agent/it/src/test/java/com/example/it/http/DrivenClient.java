package com.example.it.http;

import com.example.it.http.stack.Abort;
import com.example.it.http.stack.Driver;
import com.example.it.http.stack.Opened;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client behind a driver, made once for each way to set it up. */
final class DrivenClient<C> implements Client {

  private final Driver<C> driver;
  private final Map<Setup, C> clients = new ConcurrentHashMap<>();

  DrivenClient(Driver<C> driver) {
    this.driver = driver;
  }

  @Override
  public Answer send(Wanted wanted) throws Exception {
    return send(wanted, new Abort());
  }

  private Answer send(Wanted wanted, Abort abort) throws Exception {
    try (Opened opened = open(wanted, abort)) {
      return answer(opened, Payload.of(opened.body().readAllBytes()));
    }
  }

  static Answer answer(Opened opened, Payload body) {
    return new Answer(opened.status(), opened.headers(), body, "", Answer.Timing.NONE);
  }

  private Opened open(Wanted wanted, Abort abort) throws Exception {
    C client = clients.get(wanted.setup());
    if (client == null) {
      synchronized (clients) {
        client = clients.get(wanted.setup());
        if (client == null) {
          client = driver.client(wanted.setup());
          clients.put(wanted.setup(), client);
        }
      }
    }
    return driver.open(client, wanted, abort);
  }

  @Override
  public Pending start(Wanted wanted) {
    Abort abort = new Abort();
    return new Begun(
        OwnThread.start(
            () -> {
              abort.byDefault(Thread.currentThread()::interrupt);
              return send(wanted, abort);
            },
            abort::now),
        abort);
  }

  /** Reads an answer line by line as it comes. */
  Reading read(Wanted wanted, int lines) {
    return Reading.start(() -> open(wanted, new Abort()), lines);
  }

  /**
   * A request on its way.
   *
   * @param abort knows whether the client's own method returned
   */
  record Begun(OwnThread thread, Abort abort) implements Pending {
    @Override
    public Answer await() throws Exception {
      return thread.await();
    }

    @Override
    public boolean cancel() {
      return thread.cancel();
    }
  }
}
