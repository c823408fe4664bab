package io.linewright.oee.app;

import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.event.MachineEvent;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.security.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in a test, and what can be seen of it inside. */
public final class OeeUnderTest implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RunningService service;
  private final TestTokens tokens;

  private OeeUnderTest(RunningService service, TestTokens tokens) {
    this.service = service;
    this.tokens = tokens;
  }

  /** Starts it over a database that it migrates. */
  public static OeeUnderTest start(
      TestKafka kafka, String database, TestTokens tokens, String... more) {
    return start(OeeServiceApplication.builder(), kafka, database, tokens, more);
  }

  /** The same, prepared otherwise; nothing is computed unless workers are asked for. */
  public static OeeUnderTest start(
      SpringApplicationBuilder builder,
      TestKafka kafka,
      String database,
      TestTokens tokens,
      String... more) {
    List<String> settings = new ArrayList<>(List.of("linewright.oee.workers=0"));
    settings.addAll(List.of(more));
    return new OeeUnderTest(
        RunningService.start(builder, kafka, database, tokens, settings.toArray(String[]::new)),
        tokens);
  }

  /** Makes the topics that are missing. */
  public static void topics(TestKafka kafka) throws Exception {
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
  }

  public <T> T bean(Class<T> type) {
    return service.context().getBean(type);
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  /** A number that the database answers. */
  public long number(String sql) {
    return jdbc().sql(sql).query(Long.class).single();
  }

  /** The machine at an address now; awaited. */
  public Machine machine(String address) {
    Machines machines = bean(Machines.class);
    Awaitility.await()
        .until(
            () -> {
              machines.refresh();
              return machines.at(address, Times.ON).isPresent();
            });
    return machines.at(address, Times.ON).orElseThrow();
  }

  public Machines machines() {
    Machines machines = bean(Machines.class);
    machines.refresh();
    return machines;
  }

  /** All events of the machine at an address. */
  public List<MachineEvent> events(String address) {
    return events(machine(address));
  }

  /** All events of a machine. */
  public List<MachineEvent> events(Machine machine) {
    return bean(LogReader.class).events(machine.id(), Marks.ALWAYS);
  }

  /** Awaits that a machine has so many events, and answers them. */
  public List<MachineEvent> await(String address, int events) {
    Machine machine = machine(address);
    Awaitility.await().until(() -> events(machine).size() >= events);
    return events(machine);
  }

  /** Marks of a machine. */
  public List<Marks.Mark> marks(Machine machine) {
    return bean(Marks.class).of(List.of(machine.id()));
  }

  public Losses losses() {
    return bean(Losses.class);
  }

  public Devices devices() {
    return bean(Devices.class);
  }

  /** The books of a stage, over all instances. */
  public StageBooks.Line books(String stage) {
    return bean(StageBooks.class).read().stream()
        .filter(line -> line.stage().equals(stage))
        .reduce(
            new StageBooks.Line(stage, "", 0, 0, 0, 0),
            (one, other) ->
                new StageBooks.Line(
                    stage,
                    "",
                    one.in() + other.in(),
                    one.out() + other.out(),
                    one.setAside() + other.setAside(),
                    one.duplicatesDropped() + other.duplicatesDropped()));
  }

  /** As if a worker had computed everything of a machine before that time. */
  public void computed(Machine machine, long untilMicros) {
    jdbc()
        .sql("UPDATE machine SET computed_until = ? WHERE machine_id = ?")
        .params(Times.at(untilMicros), machine.id())
        .update();
  }

  /** What a path answers. */
  public JsonNode get(String path) {
    return JSON.readTree(service.get(path, tokens.token("viewer")).body());
  }

  /**
   * Sends a request.
   *
   * @param who roles of the token, such as operator
   * @param body JSON; null: none
   * @param headers names and values
   */
  public Answer request(
      String who, String method, String path, @Nullable String body, String... headers) {
    return sendAs(tokens.token(who), method, path, body, headers);
  }

  /** The same by somebody with rights to some equipment only. */
  public Answer requestOf(
      String name,
      String equipment,
      String method,
      String path,
      @Nullable String body,
      String... headers) {
    return sendAs(
        tokens.tokenOf(name, List.of(equipment), "operator"), method, path, body, headers);
  }

  private Answer sendAs(
      String token, String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path))
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      String text = response.body();
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("ETag").orElse(""),
          text.startsWith("{") || text.startsWith("[")
              ? JSON.readTree(text)
              : JSON.getNodeFactory().stringNode(text));
    } catch (IOException failed) {
      throw new UncheckedIOException(method + " " + path, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** What a request was answered: status, entity tag, body. */
  public record Answer(int status, String tag, JsonNode body) {

    /** The last part of the type of a problem. */
    public String problem() {
      String type = body.path("type").asString("");
      return type.substring(type.lastIndexOf(':') + 1);
    }
  }

  /** Brings master data, all of which have to be right. */
  public void master(String yaml) {
    Answer answer =
        request(
            "admin",
            "POST",
            "/api/v1/master-data",
            yaml,
            "Content-Type",
            "application/yaml",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    if (answer.status() != 201 || !answer.body().path("state").asString("").equals("accepted")) {
      throw new AssertionError(answer.body().toPrettyString());
    }
  }

  /** What a request answers, as it came. */
  public HttpResponse<String> send(
      String method, String path, String token, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
