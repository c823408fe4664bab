package io.linewright.testkit.contract;

import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.security.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service started for a test on a free port, with a database of its own. */
public final class RunningService implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts the service as its {@code main} would.
   *
   * @param database JDBC address; its schema is made by the service
   * @param more further properties, {@code name=value}
   */
  public static RunningService start(
      SpringApplicationBuilder builder,
      TestKafka kafka,
      String database,
      TestTokens tokens,
      String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--linewright.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + TestPostgres.USER,
                "--spring.datasource.password=",
                "--linewright.security.issuer=" + tokens.issuer()));
    for (String property : more) {
      arguments.add("--" + property);
    }
    return new RunningService(builder.run(arguments.toArray(String[]::new)));
  }

  /** The service's Spring context, for what cannot be seen from outside. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  /** Absolute address of a path with query. */
  public URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  /** GET with a token; null: without. */
  public HttpResponse<String> get(String path, @Nullable String token) {
    return send("GET", path, token);
  }

  /** Sends a request without body. */
  public HttpResponse<String> send(String method, String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
    request.header("Accept", "application/json, text/plain;q=0.9");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(method + " " + path + " failed", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
