package dev.rotor.it.http;

import com.example.it.http.Words;
import dev.rotor.samples.stub.ReceivedRequest;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;

/** A scenario with one client: its own API and provider, and the application they all share. */
final class Case implements AutoCloseable {

  private final Scenario scenario;
  private final Way way;
  private final String api;
  private final Providers providers;
  private Application application;

  Case(Scenario scenario, Way way, String api) {
    this.scenario = scenario;
    this.way = way;
    this.api = api;
    this.providers =
        way.isHttps()
            ? Providers.start(api, scenario.provider(), Application.tls())
            : Providers.start(api, scenario.provider());
  }

  /** The API as it stands in the file. */
  String yaml() {
    return "  " + api + ":\n" + filled(scenario.api()).indent(4);
  }

  String binds() {
    return filled(scenario.binds()).indent(2);
  }

  /** Fills in the addresses of this case. */
  String filled(String text) {
    return providers.filled(text);
  }

  void begin(Application running) {
    application = running;
  }

  Application application() {
    return application;
  }

  Way way() {
    return way;
  }

  String api() {
    return api;
  }

  StubProvider provider() {
    return providers.provider();
  }

  /** Another host of the API, where the scenario says so. */
  StubProvider second() {
    return providers.second();
  }

  /** Somebody else. */
  StubProvider foreign() {
    return providers.foreign();
  }

  /** By another name, too, so that it is another host to everybody. */
  String foreignUrl() {
    return providers.foreignUrl();
  }

  Sending get(String path) {
    return sending("GET", path);
  }

  Sending post(String path, String text) {
    return sending("POST", path).text(text);
  }

  Sending sending(String method, String path) {
    String url = path.startsWith("http") ? path : provider().url() + path;
    Words words = new Words().with("client", way.client()).with("method", method).with("url", url);
    return new Sending(this::ask, words);
  }

  Seen ask(Words words) {
    return application.ask(words);
  }

  /** The keys by which the provider's requests came, in order. */
  List<String> keys() {
    return provider().requests().stream().map(ReceivedRequest::key).toList();
  }

  @Override
  public void close() {
    providers.close();
  }
}
