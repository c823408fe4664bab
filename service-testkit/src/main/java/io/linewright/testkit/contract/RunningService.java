package io.linewright.testkit.contract;

import io.linewright.testkit.infrastructure.Database;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service started for a test on a free port. */
public final class RunningService implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts the service as its {@code main} would, on a free port.
   *
   * @param properties {@code name=value}; a later one replaces an earlier one of that name
   */
  public static RunningService start(SpringApplicationBuilder builder, List<String> properties) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("server.port", "0");
    for (String property : properties) {
      String[] nameAndValue = property.split("=", 2);
      arguments.put(nameAndValue[0], nameAndValue[1]);
    }
    return new RunningService(
        builder.run(
            arguments.entrySet().stream()
                .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                .toArray(String[]::new)));
  }

  /** Starts a service that needs Kafka and a database, whose schema it makes. */
  public static RunningService start(
      SpringApplicationBuilder builder,
      TestKafka kafka,
      Database database,
      TestTokens tokens,
      String... more) {
    List<String> properties = new ArrayList<>();
    properties.add("linewright.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    properties.add("linewright.security.issuer=" + tokens.issuer());
    properties.addAll(of(database));
    properties.addAll(List.of(more));
    return start(builder, properties);
  }

  /** The same with a database of {@link TestPostgres}. */
  public static RunningService start(
      SpringApplicationBuilder builder,
      TestKafka kafka,
      String database,
      TestTokens tokens,
      String... more) {
    return start(builder, kafka, new Database(database, TestPostgres.USER, ""), tokens, more);
  }

  /** Properties that tell a service its database. */
  public static List<String> of(Database database) {
    return List.of(
        "spring.datasource.url=" + database.url(),
        "spring.datasource.username=" + database.user(),
        "spring.datasource.password=" + database.password());
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
