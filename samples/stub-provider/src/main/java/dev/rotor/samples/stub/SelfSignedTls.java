package dev.rotor.samples.stub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A fresh key and certificate for {@code 127.0.0.1} and {@code localhost}, and all that the two
 * sides of a connection need of it. The key is made by the {@code keytool} of the running JDK.
 *
 * @param store a PKCS #12 file with the key, also fit for {@code javax.net.ssl.trustStore}
 * @param password of that file, for {@code javax.net.ssl.trustStorePassword}
 * @param context serves with the key, and trusts it
 */
public record SelfSignedTls(Path store, String password, SSLContext context) {
  private static final String PASSWORD = "for-tests-only";

  /**
   * Makes a key, which takes about a second, and puts it into a new file in this directory.
   *
   * @throws IOException if {@code keytool} is missing or fails; the message holds what it printed
   * @throws InterruptedException if interrupted while it runs
   */
  public static SelfSignedTls create(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("stub-provider.p12");
    Process keytool =
        new ProcessBuilder(command(store))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      keytool.destroy();
      throw new IOException(
          "keytool failed: " + Files.readString(directory.resolve("keytool.log")));
    }
    try {
      return new SelfSignedTls(store, PASSWORD, context(store));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use " + store, e);
    }
  }

  private static List<String> command(Path store) {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return List.of(
        keytool,
        "-genkeypair",
        "-alias",
        "stub",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keyStore.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keyStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public String toString() {
    return "SelfSignedTls[" + store + "]";
  }
}
