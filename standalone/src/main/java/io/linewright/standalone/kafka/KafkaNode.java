package io.linewright.standalone.kafka;

import io.linewright.standalone.StartFailure;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.tls.Listener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka in this process: broker and controller in one node. */
public final class KafkaNode implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);

  private final KafkaRaftServer server;
  private final String bootstrap;

  private KafkaNode(KafkaRaftServer server, String bootstrap) {
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /**
   * Formats the directory at the first start and starts the node.
   *
   * @param listener where clients find the node; with TLS, nobody is heard without
   * @param users everybody who may connect; {@code admin} is the node itself
   * @param onFatal told why when Kafka would have ended the process
   * @throws StartFailure if the node does not start
   */
  public static KafkaNode start(
      Path logs,
      Listener listener,
      int port,
      int controllerPort,
      Map<String, Login> users,
      Consumer<String> onFatal)
      throws StartFailure {
    Exit.Procedure instead = (code, why) -> refuseToExit(code, why, onFatal);
    Exit.setExitProcedure(instead);
    Exit.setHaltProcedure(instead);
    Login admin = user(users, "admin");
    List<Login> everybody = new ArrayList<>(users.values());
    try {
      Map<String, Object> settings =
          KafkaNodeSettings.of(logs, listener, port, controllerPort, admin, everybody);
      format(logs);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
      return new KafkaNode(server, listener.at(port));
    } catch (Exception anyReason) {
      throw new StartFailure(
          "Kafka does not start on "
              + listener.boundAt(port)
              + " with its data in "
              + logs
              + ": "
              + anyReason.getMessage(),
          anyReason);
    }
  }

  // At the first start only: a formatted directory keeps the cluster id it was given.
  private static void format(Path logs) throws Exception {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(out)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName(KafkaNodeSettings.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(logs.toString())
          .addDirectory(logs.toString())
          .setIgnoreFormatted(true)
          .run();
    }
    log.info("{}", said.toString(StandardCharsets.UTF_8).strip());
  }

  private static void refuseToExit(int code, @Nullable String why, Consumer<String> onFatal) {
    String reason = "Kafka gave up (" + code + (why == null ? ")" : "): " + why);
    log.error(reason, new IllegalStateException(reason));
    onFatal.accept(reason);
    throw new IllegalStateException(reason);
  }

  private static Login user(Map<String, Login> users, String name) {
    Login login = users.get(name);
    if (login == null) {
      throw new IllegalArgumentException("there is no user '" + name + "' in " + users.keySet());
    }
    return login;
  }

  /** Settings with which a user connects to a node with that listener. */
  public static Map<String, String> clientProperties(Login login, Listener listener) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.protocol", listener.tls().isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", KafkaNodeSettings.jaas(login));
    listener
        .tls()
        .ifPresent(
            tls -> {
              settings.put("ssl.truststore.type", "PEM");
              settings.put("ssl.truststore.location", tls.ca().toString());
            });
    return settings;
  }

  /** Address for clients: host and port. */
  public String bootstrap() {
    return bootstrap;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
