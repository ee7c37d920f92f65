package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.it.legacy.QuoteService;
import com.example.it.legacy.RateClient;
import dev.rotor.annotations.LimitExceededException;
import java.util.concurrent.TimeUnit;

/** Methods without any annotation, bound by the patterns of the file. */
public class BoundByPattern {

  private final Attempts attempts = new Attempts().refuse(2);
  private final RateClient client = new RateClient();

  public void aClassAndAMethodWithItsParameters() {
    assertThat(client.fetch(attempts, "EUR")).isEqualTo("EUR fetched");
    assertThat(attempts.seen()).containsExactly("EUR", "EUR", "EUR");
  }

  public void anOverloadThatThePatternDoesNotMeanIsUntouched() {
    assertThat(catchThrowable(() -> client.fetch(attempts))).isInstanceOf(ProviderException.class);
    assertThat(attempts.seen()).containsExactly("unbound");
  }

  public void anInterfaceWithWildcards() {
    QuoteService<String> service = new QuoteService.Hidden();
    assertThat(service.quote(attempts, "ACME")).isEqualTo("ACME quoted");
    assertThat(attempts.seen()).containsExactly("ACME", "ACME", "ACME");
  }

  public void aFutureMethodOfAnInterface() throws Exception {
    QuoteService<String> service = new QuoteService.Hidden();
    assertThat(service.quoteLater(attempts, "ACME").get(20, TimeUnit.SECONDS))
        .isEqualTo("ACME quoted");
    assertThat(attempts.seen()).containsExactly("ACME", "ACME", "ACME");
  }

  public void aLimitByAPropertyOfAnArgument() {
    client.limited(new RateClient.User("a"));
    client.limited(new RateClient.User("b"));
    assertThat(catchThrowable(() -> client.limited(new RateClient.User("a"))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("RateClient#limited(User)");
  }

  public void aCacheByName() {
    assertThat(client.cached("why")).isEqualTo("why1");
    assertThat(client.cached("why")).isEqualTo("why1");
    assertThat(client.cached("how")).isEqualTo("how2");
  }

  public void aHitOfACacheTakesNoPermit() {
    assertThat(client.both("why")).isEqualTo(1);
    assertThat(client.both("why")).isEqualTo(1);
    assertThat(catchThrowable(() -> client.both("how"))).isInstanceOf(LimitExceededException.class);
  }
}
