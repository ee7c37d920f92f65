package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.RefusedAnswer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;

/** Rotor's own answer in the client's form. */
final class RefusedResponse {

  private RefusedResponse() {}

  static void handOn(RefusedAnswer refused, Above above) {
    BasicHttpResponse response = new BasicHttpResponse(RefusedAnswer.STATUS, "Too Many Requests");
    response.setVersion(HttpVersion.HTTP_1_1);
    refused.headers().forEach(response::setHeader);
    byte[] body = refused.body();
    above.answer(
        response, new BasicEntityDetails(body.length, ContentType.APPLICATION_JSON), body, null);
  }
}
