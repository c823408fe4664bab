package io.linewright.standalone.data;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All names and passwords of an installation, generated once and kept in {@code credentials.json}
 * (mode 600; format in {@code docs/operations.md}). There are no default passwords.
 */
public final class Credentials {

  /** Principals of Kafka. */
  public static final List<String> KAFKA_USERS =
      List.of("admin", "bridge", "ingest", "oee", "gateway", "reader", "mes");

  /** Users of the MQTT broker. */
  public static final List<String> MQTT_USERS = List.of("edge", "bridge", "reader");

  /** Logins of PostgreSQL. */
  public static final List<String> POSTGRES_USERS =
      List.of("owner", "ingest", "oee", "gateway", "reader");

  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 24;

  private final Path file;
  private final ObjectMapper mapper;
  private final ObjectNode root;
  private final SecureRandom random = new SecureRandom();

  private Credentials(Path file, ObjectMapper mapper, ObjectNode root) {
    this.file = file;
    this.mapper = mapper;
    this.root = root;
  }

  /**
   * Reads the file, or starts a new set of credentials if there is none yet; what is missing in the
   * file is generated.
   *
   * @throws StartFailure if the file cannot be read; it is left as it is
   */
  public static Credentials open(Path file) throws StartFailure {
    ObjectMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    try {
      ObjectNode root =
          Files.exists(file)
              ? (ObjectNode) mapper.readTree(Files.readString(file))
              : mapper.createObjectNode();
      return new Credentials(file, mapper, root).completed();
    } catch (IOException | JacksonException | ClassCastException unreadable) {
      throw new StartFailure(
          "The credentials in "
              + file
              + " cannot be read: "
              + unreadable.getMessage()
              + ". Restore the file; without it the stored data cannot be opened.",
          unreadable);
    }
  }

  private Credentials completed() {
    ObjectNode dashboard = root.withObject("/dashboard");
    login(dashboard, "admin");
    login(dashboard, "viewer");
    client("integrator", "viewer");
    client("bench", "admin");
    client("operator", "operator");
    Map.of("kafka", KAFKA_USERS, "mqtt", MQTT_USERS, "postgres", POSTGRES_USERS)
        .forEach((part, names) -> names.forEach(name -> login(users(part), name)));
    login(root, "opcua", "edge");
    return this;
  }

  /** The user of a part: {@code dashboard}, {@code kafka}, {@code mqtt} or {@code postgres}. */
  public Login user(String part, String name) {
    ObjectNode users = part.equals("dashboard") ? root.withObject("/dashboard") : users(part);
    return read(users.withObject("/" + name));
  }

  /** The user of the simulated plant's OPC UA server. */
  public Login opcUa() {
    return read(root.withObject("/opcua"));
  }

  /** Secret of a program that gets its tokens by client credentials. */
  public String clientSecret(String client) {
    return root.withObject("/clients/" + client).get("client_secret").asString();
  }

  /** Notes where a part is reached; {@code key} is its name there, {@code url} or the like. */
  public void note(String part, String key, String value) {
    root.withObject("/" + part).put(key, value);
  }

  /** Takes out all notes on a part that has no passwords. */
  public void forget(String part) {
    root.remove(part);
  }

  /** Writes the file with mode 600. */
  public void save() throws StartFailure {
    try {
      PrivateFiles.write(file, mapper.writeValueAsString(root) + "\n");
    } catch (IOException cannotWrite) {
      throw new StartFailure(
          "The credentials cannot be written to " + file + ": " + cannotWrite, cannotWrite);
    }
  }

  /** Where the credentials are kept. */
  public Path file() {
    return file;
  }

  private ObjectNode users(String part) {
    return root.withObject("/" + part + "/users");
  }

  private void login(ObjectNode parent, String name) {
    login(parent, name, name);
  }

  private void login(ObjectNode parent, String key, String username) {
    ObjectNode node = parent.withObject("/" + key);
    putIfMissing(node, "username", username);
    putIfMissing(node, "password", null);
  }

  private void client(String name, String scope) {
    ObjectNode node = root.withObject("/clients/" + name);
    putIfMissing(node, "client_id", name);
    putIfMissing(node, "client_secret", null);
    putIfMissing(node, "scope", scope);
  }

  private void putIfMissing(ObjectNode node, String key, @Nullable String value) {
    if (!node.has(key)) {
      node.put(key, value == null ? password() : value);
    }
  }

  private String password() {
    StringBuilder text = new StringBuilder(PASSWORD_LENGTH);
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static Login read(ObjectNode node) {
    return new Login(node.get("username").asString(), node.get("password").asString());
  }
}
