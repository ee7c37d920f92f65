package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.it.http.Words;
import dev.rotor.samples.stub.StubProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file changes while the application runs. */
class ReloadIT {

  private static final String YAML =
      """
      apis:
        api:
          profile: generic-bearer
          base-url: <url>
          strategy: priority
          wait: 0s
          circuit-breaker: off
          keys: [<keys>]
      """;

  private StubProvider provider;
  private Application application;

  @BeforeEach
  void start() {
    provider = Keys.provider();
    application = Application.start(yaml(Apis.ALPHA_KEY));
  }

  @AfterEach
  void end() {
    try {
      assertThat(application.end().err()).doesNotContain("a fault inside Rotor");
    } finally {
      application.close();
      provider.close();
    }
  }

  private String yaml(String keys) {
    return YAML.replace("<url>", provider.url()).replace("<keys>", keys);
  }

  private Seen get(Way way, String credential) {
    Words words = new Words().with("client", way.client()).with("url", provider.url() + "/echo");
    return new Sending(application::ask, words).header("Authorization", credential).send();
  }

  private List<String> keys() {
    return Keys.of(provider);
  }

  @Test
  void aKeyThatIsAddedIsUsed() {
    provider.nextFor("alpha", 429, Map.of("retry-after", "300"), Apis.LIMITED);
    assertThat(get(Way.JDK_SEND, "Bearer rotor").status()).isEqualTo(429);
    application.reload(yaml(Apis.ALPHA_KEY + ", " + Apis.BETA_KEY));
    for (Way way : List.of(Way.JDK_SEND, Way.JDK_ASYNC, Way.URL, Way.OKHTTP, Way.OKHTTP_ENQUEUE)) {
      assertThat(get(way, "Bearer rotor").status()).isEqualTo(200);
    }
    assertThat(keys()).as("and alpha rests on").startsWith("alpha", "beta").endsWith("beta");
    assertThat(keys()).hasSize(6);
  }

  @Test
  void aChangedSecretIsUsedAndTheOldOneIsStillKnown() {
    provider.disable("alpha");
    assertThat(get(Way.OKHTTP, "Bearer rotor").status()).isEqualTo(401);
    application.reload(yaml(Apis.ALPHA_KEY.replace("KEY_ALPHA", "KEY_GAMMA")));
    assertThat(get(Way.OKHTTP, "Bearer rotor").status()).isEqualTo(200);
    assertThat(get(Way.URL, "Bearer rotor").status()).isEqualTo(200);
    assertThat(keys()).containsExactly("alpha", "gamma", "gamma");
  }

  @Test
  void offAndOnAgain() {
    application.reload("mode: off\n" + yaml(Apis.ALPHA_KEY));
    for (Way way : List.of(Way.JDK_SEND, Way.JDK_ASYNC, Way.URL, Way.OKHTTP, Way.OKHTTP_ENQUEUE)) {
      assertThat(get(way, "Bearer rotor").status()).isEqualTo(401);
    }
    application.reload(yaml(Apis.ALPHA_KEY));
    for (Way way : List.of(Way.JDK_SEND, Way.JDK_ASYNC, Way.URL, Way.OKHTTP, Way.OKHTTP_ENQUEUE)) {
      assertThat(get(way, "Bearer rotor").status()).isEqualTo(200);
    }
  }

  @Test
  void aWrongFileChangesNothing() {
    application.write("apis: {api: {profil: generic-bearer}}");
    application.awaitTold("Nothing is changed");
    assertThat(get(Way.URL, "Bearer rotor").status()).isEqualTo(200);
  }
}
