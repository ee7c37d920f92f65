package dev.rotor.agent.http.reactornetty;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * The application's callbacks as the client has them while an attempt runs: nothing is told or
 * asked of an answer that nobody will see.
 */
record Callbacks(BooleanSupplier dropped) {

  /** For what the client calls with a response. */
  @SuppressWarnings("unchecked")
  Object consumer(Object own) {
    BiConsumer<Object, Object> callback = (BiConsumer<Object, Object>) own;
    BiConsumer<Object, Object> guarded =
        (response, connection) -> {
          if (!dropped.getAsBoolean()) {
            callback.accept(response, connection);
          }
        };
    return guarded;
  }

  /** For what the client asks whether to send once more. */
  @SuppressWarnings("unchecked")
  Object predicate(Object own) {
    BiPredicate<Object, Object> question = (BiPredicate<Object, Object>) own;
    BiPredicate<Object, Object> guarded =
        (asked, response) -> !dropped.getAsBoolean() && question.test(asked, response);
    return guarded;
  }
}
