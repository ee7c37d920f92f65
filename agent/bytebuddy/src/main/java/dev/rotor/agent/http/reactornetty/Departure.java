package dev.rotor.agent.http.reactornetty;

import dev.rotor.runtime.http.ForeignCredentialException;
import dev.rotor.runtime.http.HttpCall;
import dev.rotor.runtime.http.RequestEdit;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.Map;

/**
 * What leaves in the place of a request that the client has written: with the key to the API's
 * hosts, without any secret to others, and as it is where it is somebody else's.
 *
 * @param target where the attempt goes
 */
record Departure(Exchange exchange, Client client, HttpCall call, OwnRequest request, URI target) {

  /**
   * The request as it is to leave.
   *
   * @throws UnsentException it is not to leave on this way
   */
  HttpRequest of(HttpRequest written, Hop hop) throws UnsentException {
    RecordedRequest recorded = request.recorded();
    HttpHeaders headers =
        hop.isFirst() && recorded.isWhole() ? recorded.headers(written) : written.headers();
    URI address = hop.origin(target);
    boolean asItIs = exchange.isSettled() && hop.isFirst();
    if (!asItIs && !call.isOwnHop(address)) {
      return Messages.copy(written, written.uri(), carried(headers, address), true);
    }
    if (exchange.isSettled()) {
      return headers == written.headers()
          ? written
          : Messages.copy(written, written.uri(), headers.copy(), true);
    }
    RequestEdit edit;
    try {
      edit = call.place(new HopRequest(written.method().name(), address, headers));
    } catch (ForeignCredentialException foreign) {
      call.pass();
      return untouched(written, headers);
    } catch (RuntimeException fault) {
      if (exchange.isCancelled()) {
        throw new UnsentException();
      }
      call.abandon();
      client.tell(fault);
      return untouched(written, headers);
    }
    return hop.edited(written, headers, edit, hop.isFirst() && !target.equals(request.uri()));
  }

  /** As the application wrote it, to where the application sends it. */
  private HttpRequest untouched(HttpRequest written, HttpHeaders headers) throws UnsentException {
    exchange.settled();
    if (!target.equals(request.uri())) {
      throw new UnsentException();
    }
    return Messages.copy(written, written.uri(), headers.copy(), true);
  }

  private HttpHeaders carried(HttpHeaders headers, URI address) {
    HttpHeaders carried = headers.copy().clear();
    for (Map.Entry<String, String> header : headers) {
      if (client.exchanges().routes().mayCarry(request.uri(), address, header.getValue())) {
        carried.add(header.getKey(), header.getValue());
      }
    }
    return carried;
  }
}
