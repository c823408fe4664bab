package io.linewright.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.linewright.kit.security.TrustedCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of a plant between a real server and a real client. */
class TrustTest {

  @TempDir Path dir;

  @Test
  void clientThatTrustsTheAuthorityGetsIn() throws Exception {
    TlsFiles files = provide("plant", "127.0.0.1");

    assertThat(answer(files, files.ca())).isEqualTo(204);
  }

  @Test
  void clientOfAnotherPlantDoesNot() throws Exception {
    TlsFiles files = provide("plant", "127.0.0.1");
    Path other = provide("other", "127.0.0.1").ca();

    assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> answer(files, other));
  }

  @Test
  void certificateOfAnotherAddressIsRefused() throws Exception {
    TlsFiles files = provide("plant", "10.1.2.3");

    assertThatExceptionOfType(SSLHandshakeException.class)
        .isThrownBy(() -> answer(files, files.ca()))
        .withMessageContaining("127.0.0.1");
  }

  @Test
  void fileWithoutCertificateIsNamed() throws Exception {
    Path empty = Files.writeString(dir.resolve("empty.pem"), "");

    for (Path file : new Path[] {empty, dir.resolve("missing.pem")}) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> TrustedCertificates.context(file))
          .withMessageContaining(file.toString())
          .withMessageContaining("PEM");
    }
  }

  private TlsFiles provide(String plant, String... names) throws Exception {
    return PlantCertificates.provide(
        dir.resolve(plant), new TreeSet<>(Set.of(names)), Instant.now(), new SecureRandom());
  }

  private static int answer(TlsFiles files, Path trusted) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(new HttpsConfigurator(context(files)));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TrustedCertificates.context(trusted)).build()) {
      return status(client, server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static int status(HttpClient client, int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/")).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static SSLContext context(TlsFiles files) throws Exception {
    char[] password = "only here".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        Pem.privateKey(files.key()),
        password,
        Pem.certificates(files.certificate()).toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, new SecureRandom());
    return context;
  }
}
