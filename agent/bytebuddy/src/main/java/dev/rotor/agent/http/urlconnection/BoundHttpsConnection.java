package dev.rotor.agent.http.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.Permission;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** {@link BoundHttpConnection} over TLS. */
final class BoundHttpsConnection extends HttpsURLConnection {

  private final UrlExchange exchange;

  BoundHttpsConnection(UrlExchange exchange) {
    super(exchange.own().getURL());
    this.exchange = exchange;
  }

  @Override
  public void connect() {
    exchange.connect();
  }

  @Override
  public void disconnect() {
    exchange.disconnect();
  }

  @Override
  public boolean usingProxy() {
    return current().usingProxy();
  }

  private HttpURLConnection current() {
    UrlAnswer answer = exchange.answered();
    return answer == null ? exchange.own() : answer.connection();
  }

  // the answer

  @Override
  public InputStream getInputStream() throws IOException {
    return exchange.answer().inputStream();
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    UrlAnswer answer = exchange.answered();
    return answer == null ? null : answer.errorStream();
  }

  @Override
  public int getResponseCode() throws IOException {
    return exchange.answer().connection().getResponseCode();
  }

  @Override
  public @Nullable String getResponseMessage() throws IOException {
    return exchange.answer().connection().getResponseMessage();
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    UrlAnswer answer = answerOrNull();
    return answer == null ? null : answer.header(name);
  }

  @Override
  public @Nullable String getHeaderField(int index) {
    UrlAnswer answer = answerOrNull();
    return answer == null ? null : answer.header(index);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int index) {
    UrlAnswer answer = answerOrNull();
    return answer == null ? null : answer.headerKey(index);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    UrlAnswer answer = answerOrNull();
    return answer == null ? Map.of() : answer.headers();
  }

  /** The JDK's own getters of headers do not throw either. */
  private @Nullable UrlAnswer answerOrNull() {
    try {
      return exchange.answer();
    } catch (IOException unanswered) {
      return null;
    }
  }

  @Override
  public URL getURL() {
    UrlAnswer answer = exchange.answered();
    return answer == null ? exchange.own().getURL() : answer.url();
  }

  @Override
  public String toString() {
    return exchange.own().toString();
  }

  // the request

  @Override
  public OutputStream getOutputStream() throws IOException {
    return exchange.output();
  }

  @Override
  public void setRequestMethod(String method) throws ProtocolException {
    exchange.changing().settings().setRequestMethod(method);
  }

  @Override
  public String getRequestMethod() {
    return current().getRequestMethod();
  }

  @Override
  public void setRequestProperty(String name, @Nullable String value) {
    exchange.changing().set(name, value);
  }

  @Override
  public void addRequestProperty(String name, @Nullable String value) {
    exchange.changing().add(name, value);
  }

  @Override
  public @Nullable String getRequestProperty(@Nullable String name) {
    return exchange.own().getRequestProperty(name);
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    return exchange.changing().settings().getRequestProperties();
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    setFixedLengthStreamingMode((long) length);
  }

  @Override
  public void setFixedLengthStreamingMode(long length) {
    exchange.changing().fixedLength(length);
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    exchange.changing().chunkLength(length);
  }

  @Override
  public void setAuthenticator(Authenticator authenticator) {
    exchange.changing().authenticator(authenticator);
  }

  // settings

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    exchange.own().setInstanceFollowRedirects(follow);
  }

  @Override
  public boolean getInstanceFollowRedirects() {
    return exchange.own().getInstanceFollowRedirects();
  }

  @Override
  public void setConnectTimeout(int millis) {
    exchange.own().setConnectTimeout(millis);
  }

  @Override
  public int getConnectTimeout() {
    return exchange.own().getConnectTimeout();
  }

  @Override
  public void setReadTimeout(int millis) {
    exchange.own().setReadTimeout(millis);
  }

  @Override
  public int getReadTimeout() {
    return exchange.own().getReadTimeout();
  }

  @Override
  public void setDoInput(boolean reads) {
    exchange.changing().settings().setDoInput(reads);
  }

  @Override
  public boolean getDoInput() {
    return exchange.own().getDoInput();
  }

  @Override
  public void setDoOutput(boolean writes) {
    exchange.changing().settings().setDoOutput(writes);
  }

  @Override
  public boolean getDoOutput() {
    return exchange.own().getDoOutput();
  }

  @Override
  public void setAllowUserInteraction(boolean allow) {
    exchange.changing().settings().setAllowUserInteraction(allow);
  }

  @Override
  public boolean getAllowUserInteraction() {
    return exchange.own().getAllowUserInteraction();
  }

  @Override
  public void setUseCaches(boolean use) {
    exchange.changing().settings().setUseCaches(use);
  }

  @Override
  public boolean getUseCaches() {
    return exchange.own().getUseCaches();
  }

  @Override
  public void setIfModifiedSince(long millis) {
    exchange.changing().settings().setIfModifiedSince(millis);
  }

  @Override
  public long getIfModifiedSince() {
    return exchange.own().getIfModifiedSince();
  }

  @Override
  public Permission getPermission() throws IOException {
    return exchange.own().getPermission();
  }

  // TLS

  private HttpsURLConnection settings() {
    return (HttpsURLConnection) exchange.own();
  }

  /** Throws as a connection does that is not open: there is none, or Rotor answered itself. */
  private HttpsURLConnection open() {
    if (current() instanceof HttpsURLConnection secure) {
      return secure;
    }
    throw new IllegalStateException("connection not yet open");
  }

  @Override
  public void setSSLSocketFactory(SSLSocketFactory factory) {
    settings().setSSLSocketFactory(factory);
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() {
    return settings().getSSLSocketFactory();
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    settings().setHostnameVerifier(verifier);
  }

  @Override
  public HostnameVerifier getHostnameVerifier() {
    return settings().getHostnameVerifier();
  }

  @Override
  public String getCipherSuite() {
    return open().getCipherSuite();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return open().getLocalCertificates();
  }

  @Override
  public Certificate[] getServerCertificates() throws SSLPeerUnverifiedException {
    return open().getServerCertificates();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return open().getPeerPrincipal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return open().getLocalPrincipal();
  }

  @Override
  public Optional<SSLSession> getSSLSession() {
    return open().getSSLSession();
  }
}
