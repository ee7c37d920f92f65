package dev.rotor.it.http;

import com.example.it.http.Words;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Objects;

/**
 * What a scenario says to an application and its providers, by one client and with an API of its
 * own.
 */
public class Conversation implements AutoCloseable {

  private final String client;
  private final Providers providers;
  private Application application;

  /**
   * Makes one whose application is still to begin.
   *
   * @param client what the child calls it
   */
  protected Conversation(String client, Providers providers) {
    this.client = client;
    this.providers = providers;
  }

  /** From now on this application is talked to. */
  public final void begin(Application running) {
    application = running;
  }

  public final Application application() {
    return Objects.requireNonNull(application, "begin");
  }

  public final String api() {
    return providers.api();
  }

  public final StubProvider provider() {
    return providers.provider();
  }

  /** Another host of the API, where the scenario says so. */
  public final StubProvider second() {
    return providers.second();
  }

  /** Somebody else. */
  public final StubProvider foreign() {
    return providers.foreign();
  }

  /** By another name, too, so that it is another host to everybody. */
  public final String foreignUrl() {
    return providers.foreignUrl();
  }

  /** Fills in the addresses of this scenario. */
  public final String filled(String text) {
    return providers.filled(text);
  }

  public final Sending get(String path) {
    return sending("GET", path);
  }

  public final Sending post(String path, String text) {
    return sending("POST", path).text(text);
  }

  /** A request to a path of the provider, or to an address. */
  public final Sending sending(String method, String path) {
    String url = path.startsWith("http") ? path : provider().url() + path;
    Words words = new Words().with("client", client).with("method", method).with("url", url);
    return new Sending(this::ask, words);
  }

  /** Has the application do something. */
  public Seen ask(Words words) {
    return application().ask(words);
  }

  /** The keys by which the provider's requests came, in order. */
  public final List<String> keys() {
    return Keys.of(provider());
  }

  /** What the provider's requests were answered with, in order. */
  public final List<Integer> statuses() {
    return provider().requests().stream().map(ReceivedRequest::status).toList();
  }

  @Override
  public void close() {
    providers.close();
  }
}
