package dev.rotor.agent.http.jdk;

import dev.rotor.runtime.http.AnswerBody;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The application's own subscriber, with what passes told. The last byte is told before the
 * application sees it, so that its next request finds the key's place free.
 */
record WatchedBody<T>(BodySubscriber<T> application, AnswerBody body) implements BodySubscriber<T> {

  @Override
  public CompletionStage<T> getBody() {
    return application.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    application.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long items) {
            subscription.request(items);
          }

          @Override
          public void cancel() {
            subscription.cancel();
            body.close();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    if (body.isRead()) {
      item.forEach(body::read);
    }
    application.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    body.failed(failure);
    application.onError(failure);
  }

  @Override
  public void onComplete() {
    body.end();
    application.onComplete();
  }
}
