package io.linewright.standalone;

import io.linewright.mqtt.Grant;
import io.linewright.mqtt.MqttUser;
import io.linewright.mqtt.PasswordHash;
import io.linewright.standalone.data.Credentials;
import io.linewright.standalone.data.DataDirectory;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.kafka.KafkaAccess;
import io.linewright.standalone.kafka.KafkaNode;
import io.linewright.standalone.mqtt.MqttBroker;
import io.linewright.standalone.postgres.PostgresServer;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the services need around them: PostgreSQL, Kafka and the MQTT broker. */
final class Infrastructure {

  /** Sparkplug host id of the bridge. */
  static final String HOST = "linewright";

  private final DataDirectory data;
  private final Listener listener;
  private final Ports ports;
  private final Credentials credentials;
  private final Consumer<String> onFatal;

  Infrastructure(
      DataDirectory data,
      Listener listener,
      Ports ports,
      Credentials credentials,
      Consumer<String> onFatal) {
    this.data = data;
    this.listener = listener;
    this.ports = ports;
    this.credentials = credentials;
    this.onFatal = onFatal;
  }

  /** Stops what a killed platform left behind in the directory. */
  static void stopOrphans(DataDirectory data) throws StartFailure {
    PostgresServer.stopOrphan(data.file("postgres"));
  }

  PostgresServer postgres() throws StartFailure {
    Map<String, Login> logins = users("postgres", Credentials.POSTGRES_USERS);
    Login owner = credentials.user("postgres", "owner");
    PostgresServer server =
        PostgresServer.start(data.file("postgres"), listener, ports.postgres(), owner);
    try {
      server.provision(logins);
      return server;
    } catch (StartFailure refused) {
      server.close();
      throw refused;
    }
  }

  KafkaNode kafka() throws StartFailure, IOException {
    Map<String, Login> users = users("kafka", Credentials.KAFKA_USERS);
    Path directory = data.directory("kafka");
    KafkaNode node =
        KafkaNode.start(
            PrivateFiles.createDirectory(directory.resolve("logs")),
            listener,
            ports.kafka(),
            ports.kafkaController(),
            users,
            onFatal);
    try {
      Login admin = credentials.user("kafka", "admin");
      KafkaAccess.apply(node.bootstrap(), KafkaNode.clientProperties(admin, listener));
      writeClientProperties(directory, node.bootstrap());
      return node;
    } catch (StartFailure | IOException refused) {
      node.close();
      throw refused;
    }
  }

  // For Kafka's own tools, and the same for kcat, whose library has other names.
  private void writeClientProperties(Path directory, String bootstrap) throws IOException {
    Login reader = credentials.user("kafka", "reader");
    Map<String, String> java = new LinkedHashMap<>();
    java.put("bootstrap.servers", bootstrap);
    java.putAll(KafkaNode.clientProperties(reader, listener));
    PrivateFiles.write(directory.resolve("client.properties"), lines(java));
    Map<String, String> kcat = new LinkedHashMap<>();
    kcat.put("bootstrap.servers", bootstrap);
    kcat.put("security.protocol", listener.tls().isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT");
    listener.tls().ifPresent(tls -> kcat.put("ssl.ca.location", tls.ca().toString()));
    kcat.put("sasl.mechanisms", "PLAIN");
    kcat.put("sasl.username", reader.username());
    kcat.put("sasl.password", reader.password());
    PrivateFiles.write(directory.resolve("reader.properties"), lines(kcat));
  }

  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  MqttBroker mqtt(List<Grant.Node> gateways) throws StartFailure, IOException {
    SecureRandom random = new SecureRandom();
    List<MqttUser> users = new ArrayList<>();
    for (Grant.Node gateway : gateways) {
      users.add(mqttUser("edge", gateway, random));
    }
    users.add(mqttUser("bridge", new Grant.Bridge(HOST), random));
    users.add(mqttUser("reader", new Grant.Reader(), random));
    return MqttBroker.start(data.directory("mqtt"), listener, ports.mqtt(), users);
  }

  private MqttUser mqttUser(String name, Grant grant, SecureRandom random) {
    Login login = credentials.user("mqtt", name);
    return new MqttUser(login.username(), grant, PasswordHash.of(login.password(), random));
  }

  private Map<String, Login> users(String part, List<String> names) {
    return names.stream().collect(Collectors.toMap(n -> n, name -> credentials.user(part, name)));
  }
}
