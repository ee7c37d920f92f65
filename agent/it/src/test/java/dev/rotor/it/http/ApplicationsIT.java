package dev.rotor.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** In whose name a request is made, in a container of several applications. */
class ApplicationsIT {

  @TestFactory
  Stream<DynamicNode> applications() {
    return new Table()
        .row(
            Scenario.of(
                    "when: by application",
                    Apis.ONE_KEY + "intercept: false\n",
                    ApplicationsIT::byApplication)
                // its dispatcher's threads are of whatever application made them
                .with(Way.allBut(EnumSet.of(Way.OKHTTP_ENQUEUE)))
                .bind(
                    """
                    - host: "<host>"
                      when: {application: "/shop*"}
                      rotate: <api>
                    """))
        .run();
  }

  private static void byApplication(Case it) {
    assertThat(it.get("/echo").with("application", "shop##2").send().status()).isEqualTo(200);
    assertThat(it.get("/echo").with("application", "office").send().status()).isEqualTo(401);
    assertThat(it.get("/echo").send().status()).isEqualTo(401);
    assertThat(it.keys()).containsExactly("alpha", "none", "none");
  }
}
