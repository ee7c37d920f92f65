package dev.rotor.it.http;

/** A scenario with one client: its own API and provider, and the application they all share. */
final class Case extends Conversation {

  private final Scenario scenario;
  private final Way way;

  Case(Scenario scenario, Way way, String api) {
    super(way.client(), providers(scenario, way, api));
    this.scenario = scenario;
    this.way = way;
  }

  private static Providers providers(Scenario scenario, Way way, String api) {
    return way.isHttps()
        ? Providers.start(api, scenario.provider(), Application.tls())
        : Providers.start(api, scenario.provider());
  }

  /** The API as it stands in the file. */
  String yaml() {
    return "  " + api() + ":\n" + filled(scenario.api()).indent(4);
  }

  String binds() {
    return filled(scenario.binds()).indent(2);
  }

  Way way() {
    return way;
  }
}
