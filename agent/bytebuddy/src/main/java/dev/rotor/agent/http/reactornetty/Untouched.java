package dev.rotor.agent.http.reactornetty;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.Connection;
import reactor.util.context.Context;

/** Hands on what the client makes of the application's own request. */
record Untouched(Exchange exchange, Application application) implements CoreSubscriber<Connection> {

  @Override
  public Context currentContext() {
    return application.context();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    exchange.began(subscription);
  }

  @Override
  public void onNext(Connection connection) {
    application.deliver(connection);
  }

  @Override
  public void onError(Throwable thrown) {
    application.fail(thrown);
  }

  @Override
  public void onComplete() {
    // told with the connection
  }
}
