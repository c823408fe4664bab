package io.linewright.gateway.app.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A service behind the gateway that keeps what it is asked and answers what it is told to. */
public final class FakeService implements AutoCloseable {

  /**
   * A request as it arrived.
   *
   * @param headers names in lower case
   */
  public record Seen(String method, String path, Map<String, List<String>> headers, String body) {

    /** First value of a header, empty if it is missing. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).getFirst();
    }
  }

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** Events that the stream sends; an empty text ends it. */
  public final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  public FakeService() {
    this(null);
  }

  /** A service that plays that plant. */
  public FakeService(@Nullable PlayedPlant plant) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    on("/", exchange -> json(exchange, 200, "{\"items\":[]}"));
    if (plant == null) {
      on("/api/v1/live", this::stream);
    } else {
      plant.on(this);
    }
    server.start();
  }

  /** Answers that path. */
  public void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Map<String, List<String>> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          seen.add(
              new Seen(
                  exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
          handler.handle(exchange);
        });
  }

  /** Sends a JSON answer. */
  public static void json(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Set-Cookie", "inner=1");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String event = events.take(); !event.isEmpty(); event = events.take()) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What arrived so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The request that arrived last. */
  public Seen last() {
    return seen.getLast();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    events.add("");
    server.stop(0);
  }
}
