package com.example.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.NoUsableKeyException;
import dev.rotor.annotations.RotatedApi;
import java.util.ArrayList;
import java.util.List;

/** What comes out when nothing is left to try, or nothing was to be tried again. */
public class Failures {

  private final Attempts attempts = new Attempts();

  @RotatedApi("pets")
  String fetch(@ApiKey String key) {
    attempts.arrive(key);
    return "fetched";
  }

  @RotatedApi(value = "shaky", idempotent = true)
  String repeatable(@ApiKey String key) {
    attempts.arrive(key);
    return "fetched";
  }

  public void anExceptionOfTheApplicationsOwnIsTheSameInstanceAfterOneAttempt() {
    IllegalArgumentException own = new IllegalArgumentException("the application's own");
    attempts.refuse(1).with(own);
    assertThat(catchThrowable(() -> fetch("own"))).isSameAs(own);
    assertThat(attempts.seen()).hasSize(1);
    assertThat(own.getSuppressed()).isEmpty();
  }

  public void anErrorPasses() {
    StackOverflowError error = new StackOverflowError("the application's own");
    assertThat(catchThrowable(() -> erring(error))).isSameAs(error);
  }

  @RotatedApi("pets")
  void erring(Error error) {
    throw error;
  }

  public void aClientErrorIsNotTriedAgain() {
    attempts.refuse(1).with(new ProviderException(404));
    assertThat(catchThrowable(() -> repeatable("own"))).isInstanceOf(ProviderException.class);
    assertThat(attempts.seen()).hasSize(1);
  }

  public void aServerErrorOfAMethodThatIsNotIdempotentIsNotTriedAgain() {
    ProviderException unavailable = new ProviderException(500);
    attempts.refuse(1).with(unavailable);
    assertThat(catchThrowable(() -> fetch("own"))).isSameAs(unavailable);
    assertThat(attempts.seen()).hasSize(1);
  }

  public void aServerErrorOfAnIdempotentMethodIsRetried() {
    attempts.refuse(2).with(new ProviderException(500));
    assertThat(repeatable("own")).isEqualTo("fetched");
    assertThat(attempts.seen()).hasSize(3);
  }

  public void theLastExceptionComesOutWhenRetriesAreUsedUp() {
    List<ProviderException> thrown = new ArrayList<>();
    assertThat(catchThrowable(() -> alwaysFailing(thrown, "own"))).isSameAs(thrown.get(3));
    assertThat(thrown).hasSize(4);
  }

  @RotatedApi(value = "shaky", idempotent = true)
  void alwaysFailing(List<ProviderException> thrown, @ApiKey String key) {
    thrown.add(new ProviderException(500));
    throw thrown.get(thrown.size() - 1);
  }

  @RotatedApi("two-keys")
  void refusingEveryKey(List<RuntimeException> thrown, @ApiKey String key) {
    attempts.seen();
    thrown.add(new IllegalStateException("too many requests from " + Attempts.name(key)));
    throw thrown.get(thrown.size() - 1);
  }

  public void whenEveryKeyIsRefusedTheLastExceptionComesOutAndThenRotorsOwn() {
    List<RuntimeException> thrown = new ArrayList<>();
    assertThat(catchThrowable(() -> refusingEveryKey(thrown, "own"))).isSameAs(thrown.get(1));
    assertThat(thrown).hasSize(2).doesNotHaveDuplicates();
    assertThat(catchThrowable(() -> refusingEveryKey(thrown, "own")))
        .isExactlyInstanceOf(NoUsableKeyException.class)
        .hasMessageContaining("Failures#refusingEveryKey(List, String)")
        .hasMessageContaining("`two-keys`");
    assertThat(thrown).hasSize(2);
  }
}
