package dev.rotor.agent.http.apache5async;

import dev.rotor.runtime.http.RefusedAnswer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;

/** Rotor's own answer in the client's form. */
final class RefusedResponse {

  private RefusedResponse() {}

  static void handOn(RefusedAnswer refused, HttpRequest request, Above above) {
    BasicHttpResponse response = new BasicHttpResponse(RefusedAnswer.STATUS, "Too Many Requests");
    response.setVersion(HttpVersion.HTTP_1_1);
    refused.headers().forEach(response::setHeader);
    // applications look there for what was asked and answered
    ClientVersion.show(above.scope().clientContext, request);
    ClientVersion.show(above.scope().clientContext, response);
    byte[] body = refused.body();
    above.answer(
        response, new BasicEntityDetails(body.length, ContentType.APPLICATION_JSON), body, null);
  }
}
