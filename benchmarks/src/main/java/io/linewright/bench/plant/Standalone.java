package io.linewright.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A private plant: {@code standalone} in a process of its own, on free ports, in its own directory.
 */
public final class Standalone implements AutoCloseable {

  /** Flags of {@code ./linewright up}; the script uses the same. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx900m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=192m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private final JavaProcess process;
  private final Path data;
  private final JsonNode addresses;
  private final JsonNode credentials;

  private Standalone(JavaProcess process, Path data) {
    this.process = process;
    this.data = data;
    this.addresses = Json.read(data.resolve("addresses.json"));
    this.credentials = Json.read(data.resolve("credentials.json"));
  }

  /**
   * Starts a plant and waits until it is ready.
   *
   * @param options further options of {@code up}
   * @throws IOException if it ends or is not ready in time; the message says where its log is
   */
  public static Standalone start(
      Programs programs, Path data, List<String> options, Duration patience)
      throws IOException, InterruptedException {
    return start(programs, data, options, Map.of(), patience);
  }

  /**
   * The same with environment variables, such as settings of services.
   *
   * @throws IOException if it ends or is not ready in time; the message says where its log is
   */
  public static Standalone start(
      Programs programs,
      Path data,
      List<String> options,
      Map<String, String> environment,
      Duration patience)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    Files.deleteIfExists(data.resolve("addresses.json"));
    List<String> arguments =
        new ArrayList<>(List.of("up", "--data", data.toString(), "--free-ports"));
    arguments.addAll(options);
    JavaProcess process =
        JavaProcess.start(
            "standalone",
            programs.of(Programs.Program.STANDALONE),
            JVM_OPTIONS,
            arguments,
            environment,
            data.resolve("logs"));
    try {
      Await.until(
          () -> Files.exists(data.resolve("addresses.json")) || !process.isAlive(),
          patience,
          "the plant to be ready; see " + process.log());
      if (!process.isAlive()) {
        throw new IOException("the plant ended while starting; see " + process.log());
      }
      return new Standalone(process, data);
    } catch (IOException | RuntimeException notReady) {
      process.close();
      throw notReady;
    }
  }

  public JavaProcess process() {
    return process;
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** Content of {@code addresses.json}. */
  public JsonNode addresses() {
    return addresses;
  }

  /** Content of {@code credentials.json}. */
  public JsonNode credentials() {
    return credentials;
  }

  /** A REST client with the read and write rights of the {@code bench} client. */
  public RestClient rest(InstantSource clock) {
    JsonNode client = credentials.path("clients").path("bench");
    return new RestClient(
        addresses.path("dashboard").asString().replaceAll("/$", ""),
        addresses.path("token_url").asString(),
        client.path("client_id").asString(),
        client.path("client_secret").asString(),
        clock);
  }

  /** Client properties of one of Kafka's users. */
  public Map<String, Object> kafka(String name) {
    JsonNode user = credentials.path("kafka").path("users").path(name);
    return Map.of(
        "bootstrap.servers",
        addresses.path("kafka").asString(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user.path("username").asString(), user.path("password").asString()));
  }

  /** Port of the MQTT broker. */
  public int mqttPort() {
    String url = addresses.path("mqtt").asString();
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1).replace("/", ""));
  }

  /** Name and password of PostgreSQL's read-only user. */
  public List<String> postgresReader() {
    JsonNode user = credentials.path("postgres").path("users").path("reader");
    return List.of(user.path("username").asString(), user.path("password").asString());
  }

  /** Process ids of the JVM and of PostgreSQL, whose parent may be another one. */
  public Set<Long> roots() {
    Set<Long> roots = new java.util.HashSet<>(Set.of(process.pid()));
    ProcessMemory.fromPidFile(data.resolve("postgres").resolve("data").resolve("postmaster.pid"))
        .ifPresent(roots::add);
    return roots;
  }

  @Override
  public void close() {
    process.close();
  }
}
