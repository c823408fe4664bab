package io.linewright.standalone.kafka;

import io.linewright.standalone.data.Login;
import io.linewright.standalone.tls.Listener;
import io.linewright.standalone.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Broker and controller in one process, small: SASL/PLAIN on both listeners, everything forbidden
 * that no rule allows, at most one replica of anything.
 */
final class KafkaNodeSettings {

  static final String CLIENT_LISTENER = "CLIENT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";

  /**
   * The node's properties.
   *
   * @param listener where clients find the node
   * @param controllerPort port of the controller on the loopback address
   * @param admin principal of the node itself, who may do everything
   * @param users everybody who may connect, admin included
   */
  static Map<String, Object> of(
      Path logs,
      Listener listener,
      int port,
      int controllerPort,
      Login admin,
      Collection<Login> users)
      throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("log.dirs", logs.toString());
    listeners(settings, listener, port, controllerPort);
    if (listener.tls().isPresent()) {
      tls(settings, listener.tls().get());
    }
    security(settings, admin, users);
    small(settings);
    bounds(settings);
    return settings;
  }

  private static void listeners(
      Map<String, Object> settings, Listener listener, int port, int controllerPort) {
    String client = CLIENT_LISTENER + "://";
    String controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort;
    settings.put("listeners", client + listener.boundAt(port) + "," + controller);
    settings.put("advertised.listeners", client + listener.at(port));
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER
            + (listener.tls().isPresent() ? ":SASL_SSL," : ":SASL_PLAINTEXT,")
            + CONTROLLER_LISTENER
            + ":SASL_PLAINTEXT");
  }

  // The node is a client of this listener too, for the ends of transactions.
  private static void tls(Map<String, Object> settings, TlsFiles files) throws IOException {
    String listener = "listener.name." + CLIENT_LISTENER.toLowerCase(Locale.ROOT) + ".ssl.";
    settings.put(listener + "keystore.type", "PEM");
    settings.put(listener + "keystore.key", Files.readString(files.key()));
    settings.put(listener + "keystore.certificate.chain", Files.readString(files.certificate()));
    settings.put(listener + "truststore.type", "PEM");
    settings.put(listener + "truststore.location", files.ca().toString());
  }

  private static void security(Map<String, Object> settings, Login admin, Collection<Login> users) {
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("sasl.mechanism.controller.protocol", "PLAIN");
    String known =
        users.stream()
            .map(user -> " user_" + user.username() + "=\"" + user.password() + "\"")
            .collect(Collectors.joining());
    String jaas = jaas(admin).replace(";", known + ";");
    for (String listener : new String[] {CLIENT_LISTENER, CONTROLLER_LISTENER}) {
      settings.put(
          "listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config", jaas);
    }
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:" + admin.username());
    settings.put("allow.everyone.if.no.acl.found", "false");
  }

  /** JAAS line of a client. */
  static String jaas(Login login) {
    return LOGIN_MODULE
        + " required username=\""
        + login.username()
        + "\" password=\""
        + login.password()
        + "\";";
  }

  private static void small(Map<String, Object> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "3");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "16777216");
    settings.put("socket.request.max.bytes", "16777216");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("offsets.topic.segment.bytes", "16777216");
    settings.put("transaction.state.log.segment.bytes", "16777216");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void bounds(Map<String, Object> settings) {
    settings.put("auto.create.topics.enable", "false");
    // One node has no replica to fall back on: at most a second is only in the page cache.
    settings.put("log.flush.interval.ms", "1000");
    settings.put("log.flush.scheduler.interval.ms", "1000");
    settings.put("log.segment.bytes", "67108864");
    settings.put("log.retention.check.interval.ms", "60000");
    settings.put("metadata.log.segment.bytes", "16777216");
    settings.put("metadata.max.retention.bytes", "67108864");
    settings.put("message.max.bytes", "1200000");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }

  private KafkaNodeSettings() {}
}
