package com.example.it.http;

import com.example.it.ProviderException;
import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.util.ArrayList;
import java.util.List;

/** Methods that end in requests; the file binds them to the API of those requests. */
final class Joined {

  private final Clients clients;
  private final String client;

  private Joined(Clients clients, String client) {
    this.clients = clients;
    this.client = client;
  }

  static Words run(Clients clients, Words words) throws Exception {
    Joined joined = new Joined(clients, words.get("client"));
    Wanted wanted = Wanted.of(words);
    return switch (words.get("method-site")) {
      case "one" -> joined.one(wanted).words();
      case "three" -> joined.three(wanted);
      // not the request, which holds the key that it was given
      case "keyed" -> new Words().with("status", joined.keyed(wanted, "its own").status());
      case "outer" -> joined.outer(wanted).words();
      case "unbound" -> joined.unbound(wanted).words();
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private Answer send(Wanted wanted) throws Exception {
    return clients.named(client).send(wanted);
  }

  Answer unbound(Wanted wanted) throws Exception {
    return send(wanted);
  }

  Answer one(Wanted wanted) throws Exception {
    return failing(send(wanted));
  }

  Answer outer(Wanted wanted) throws Exception {
    return one(wanted);
  }

  Words three(Wanted wanted) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(send(wanted).status());
    }
    return new Words().with("text", statuses);
  }

  /** As clients of APIs do whose key is an argument. */
  @RotatedApi("joined")
  Answer keyed(Wanted wanted, @ApiKey String key) throws Exception {
    List<String> headers = new ArrayList<>(wanted.headers());
    headers.add("Authorization: Bearer " + key);
    return failing(
        send(
            new Wanted(
                wanted.method(),
                wanted.url(),
                headers,
                wanted.body(),
                wanted.bodyKind(),
                wanted.timeout(),
                wanted.read(),
                wanted.proxy(),
                wanted.setup())));
  }

  private static Answer failing(Answer answer) {
    if (answer.status() >= 400) {
      throw new ProviderException(answer.status());
    }
    return answer;
  }
}
