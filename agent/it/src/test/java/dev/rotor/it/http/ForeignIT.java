package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What is not Rotor's to change passes untouched. */
class ForeignIT {

  private static final String SOMEBODYS = "sk-somebody-elses";

  @TestFactory
  Stream<DynamicNode> othersAreLeftAlone() {
    return new Table()
        .row(
            "a credential of somebody else passes and is told once",
            Apis.ONE_KEY,
            ForeignIT::foreignCredential)
        .row(
            "`replaces: any` replaces it", Apis.ONE_KEY + "replaces: any\n", ForeignIT::replacesAny)
        .row("a host that is not bound", Apis.ONE_KEY, ForeignIT::unboundHost)
        .row("another port of a bound host", Apis.ONE_KEY, ForeignIT::unboundPort)
        .row("a changed Host header", Apis.ONE_KEY, ForeignIT::changedHost)
        .row(
            "an API that does not intercept",
            Apis.ONE_KEY + "intercept: false\n",
            ForeignIT::notIntercepted)
        .run();
  }

  private static void foreignCredential(Case it) {
    for (int i = 0; i < 2; i++) {
      Seen seen = it.get("/echo").header("Authorization", "Bearer " + SOMEBODYS).send();
      assertThat(seen.status()).isEqualTo(401);
    }
    assertThat(it.provider().requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.headers().get("authorization"))
                    .containsExactly("Bearer " + SOMEBODYS));
    assertThat(it.application().told(it.filled("host <host>: a request carries a credential")))
        .singleElement()
        .asString()
        .contains("apis." + it.api() + ".application-keys")
        .doesNotContain(SOMEBODYS);
  }

  private static void replacesAny(Case it) {
    Seen seen = it.get("/echo").header("Authorization", "Bearer " + SOMEBODYS).send();
    assertThat(seen.status()).isEqualTo(200);
    assertThat(it.keys()).containsExactly("alpha");
  }

  private static void unboundHost(Case it) {
    passesUntouched(it, it.foreignUrl() + "/echo");
  }

  private static void unboundPort(Case it) {
    passesUntouched(it, it.foreign().url() + "/echo");
  }

  private static void passesUntouched(Case it, String url) {
    Seen seen = it.get(url).header("Authorization", "Bearer rotor").send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(401);
    assertThat(it.foreign().requests()).hasSize(1);
    assertThat(it.foreign().requests().get(0).headers().get("authorization"))
        .containsExactly("Bearer rotor");
    assertThat(it.provider().requests()).isEmpty();
  }

  private static void changedHost(Case it) {
    Seen seen =
        it.get("/echo")
            .header("Host", "evil.example")
            .header("Authorization", "Bearer rotor")
            .send();
    assertThat(seen.status()).as("%s", seen).isEqualTo(401);
    assertThat(it.provider().requests()).hasSize(1);
    assertThat(it.provider().requests().get(0).header("host")).isEqualTo("evil.example");
    assertThat(Keys.areIn(it.provider().requests().get(0))).isFalse();
  }

  private static void notIntercepted(Case it) {
    assertThat(it.get("/echo").send().status()).isEqualTo(401);
    assertThat(it.keys()).containsExactly("none");
  }
}
