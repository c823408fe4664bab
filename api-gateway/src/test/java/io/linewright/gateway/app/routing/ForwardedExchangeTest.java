package io.linewright.gateway.app.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A service that has more to say than its reader wants to hear. */
class ForwardedExchangeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ForwardedExchange exchange =
      new ForwardedExchange(RestClient.create(), new GatewayMvcProperties());
  private final CountDownLatch left = new CountDownLatch(1);
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.createContext("/endless", this::speakForEver);
    service.createContext(
        "/short",
        http -> {
          http.sendResponseHeaders(200, 5);
          http.getResponseBody().write("short".getBytes(StandardCharsets.US_ASCII));
          http.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  private void speakForEver(HttpExchange http) throws IOException {
    http.getResponseHeaders().set("Content-Type", "text/event-stream");
    http.sendResponseHeaders(200, 0);
    try (OutputStream out = http.getResponseBody()) {
      while (true) {
        out.write("data: x\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException gone) {
      left.countDown();
    }
  }

  private ClientHttpResponse ask(String path) throws IOException {
    var factory = new JdkClientHttpRequestFactory(HttpClient.newHttpClient());
    return factory
        .createRequest(
            URI.create("http://127.0.0.1:" + service.getAddress().getPort() + path), HttpMethod.GET)
        .execute();
  }

  @Test
  void theServiceSeesAtOnceThatTheReaderIsGone() throws Exception {
    ClientHttpResponse answer = ask("/endless");
    InputStream body = answer.getBody();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("the reader is gone");
          }
        };

    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          assertThatThrownBy(() -> exchange.copyResponseBody(answer, body, gone))
              .hasMessage("the reader is gone");
          answer.close(); // as Spring's exchange does; must not wait for the end
        });
    assertThat(left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWholeAnswerIsPassedOn() throws Exception {
    try (ClientHttpResponse answer = ask("/short")) {
      var reader = new ByteArrayOutputStream();
      exchange.copyResponseBody(answer, answer.getBody(), reader);
      assertThat(reader.toString(StandardCharsets.US_ASCII)).isEqualTo("short");
    }
  }
}
