package io.linewright.standalone;

import io.linewright.standalone.data.Credentials;
import io.linewright.standalone.data.DataDirectory;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.kafka.KafkaNode;
import io.linewright.standalone.postgres.PostgresServer;
import io.linewright.standalone.service.ServiceKind;
import io.linewright.standalone.tls.Listener;
import io.linewright.standalone.tls.TlsFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The properties of each service; the same names as for services that run by themselves. */
final class ServiceSettings {

  private final DataDirectory data;
  private final Listener listener;
  private final Ports ports;
  private final Credentials credentials;

  ServiceSettings(DataDirectory data, Listener listener, Ports ports, Credentials credentials) {
    this.data = data;
    this.listener = listener;
    this.ports = ports;
    this.credentials = credentials;
  }

  private Map<String, String> ingest() {
    Map<String, String> settings = common();
    kafka(settings, "ingest");
    datasource(settings, "ingest");
    settings.put("server.port", Integer.toString(ports.ingest()));
    return settings;
  }

  private Map<String, String> oee() {
    Map<String, String> settings = common();
    kafka(settings, "oee");
    datasource(settings, "oee");
    settings.put("server.port", Integer.toString(ports.oee()));
    return settings;
  }

  /** The second and later instances of the ingest-service, by name: {@code ingest-2}. */
  Map<String, Map<String, String>> furtherIngests() {
    Map<String, Map<String, String>> further = new LinkedHashMap<>();
    int instance = 2;
    for (int port : ports.furtherIngests()) {
      Map<String, String> settings = ingest();
      settings.put("server.port", Integer.toString(port));
      settings.put("linewright.service.instance", Integer.toString(instance));
      further.put(ServiceKind.INGEST.title() + "-" + instance, settings);
      instance++;
    }
    return further;
  }

  /**
   * All services' settings.
   *
   * @param groups Sparkplug groups the bridge carries
   * @param edgeFile gateway file of the edge gateway; without one there is no edge gateway
   */
  Map<ServiceKind, Map<String, String>> all(List<String> groups, Optional<Path> edgeFile) {
    Map<ServiceKind, Map<String, String>> all = new EnumMap<>(ServiceKind.class);
    all.put(ServiceKind.INGEST, ingest());
    all.put(ServiceKind.OEE, oee());
    all.put(ServiceKind.GATEWAY, gateway());
    all.put(ServiceKind.BRIDGE, bridge(groups));
    edgeFile.ifPresent(file -> all.put(ServiceKind.EDGE, edge(file)));
    return all;
  }

  /** Writes a file of settings with which the service starts as a process of its own. */
  static void write(Path directory, String name, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, "java -jar ... --spring.config.additional-location=file:THIS-FILE");
    PrivateFiles.write(directory.resolve(name + ".properties"), text.toString());
  }

  private Map<String, String> gateway() {
    Map<String, String> settings = common();
    datasource(settings, "gateway");
    settings.put("server.address", listener.bind());
    settings.put("server.port", Integer.toString(ports.http()));
    settings.put("linewright.gateway.routes.ingest", "http://127.0.0.1:" + ports.ingest());
    settings.put("linewright.gateway.routes.oee", "http://127.0.0.1:" + ports.oee());
    settings.put("linewright.gateway.keys.master-file", data.file("gateway-master-key").toString());
    listener.tls().ifPresent(tls -> https(settings, tls));
    String bootstrap = "linewright.gateway.bootstrap.";
    int user = 0;
    for (String name : List.of("admin", "viewer")) {
      Login login = credentials.user("dashboard", name);
      String prefix = bootstrap + "users[" + user++ + "].";
      settings.put(prefix + "name", login.username());
      settings.put(prefix + "password", login.password());
      settings.put(prefix + "roles[0]", name);
    }
    client(settings, bootstrap + "clients[0].", "integrator", "viewer");
    client(settings, bootstrap + "clients[1].", "bench", "admin");
    client(settings, bootstrap + "clients[2].", "operator", "operator");
    return settings;
  }

  private static void https(Map<String, String> settings, TlsFiles tls) {
    settings.put("server.ssl.certificate", "file:" + tls.certificate());
    settings.put("server.ssl.certificate-private-key", "file:" + tls.key());
    settings.put("server.servlet.session.cookie.secure", "true");
  }

  private void client(Map<String, String> settings, String prefix, String client, String role) {
    settings.put(prefix + "id", client);
    settings.put(prefix + "secret", credentials.clientSecret(client));
    settings.put(prefix + "roles[0]", role);
  }

  private Map<String, String> bridge(List<String> groups) {
    Map<String, String> settings = common();
    kafka(settings, "bridge");
    mqtt(settings, "bridge");
    settings.put("server.port", Integer.toString(ports.bridge()));
    settings.put("linewright.edge.role", "bridge");
    settings.put("linewright.bridge.host-id", Infrastructure.HOST);
    for (int i = 0; i < groups.size(); i++) {
      settings.put("linewright.bridge.groups[" + i + "]", groups.get(i));
    }
    return settings;
  }

  private Map<String, String> edge(Path file) {
    Map<String, String> settings = common();
    mqtt(settings, "edge");
    settings.put("server.port", Integer.toString(ports.edge()));
    settings.put("linewright.edge.role", "edge");
    settings.put("linewright.edge.file", file.toString());
    settings.put("linewright.edge.data-dir", data.file("edge").toString());
    return settings;
  }

  private Map<String, String> common() {
    Map<String, String> settings = new LinkedHashMap<>();
    String gateway = Addresses.gateway(listener, ports);
    settings.put("server.address", "127.0.0.1");
    settings.put("linewright.security.issuer", gateway);
    settings.put("linewright.security.jwk-set-uri", gateway + "/oauth2/jwks");
    trust(settings, "linewright.security.trust-certificates");
    return settings;
  }

  private void trust(Map<String, String> settings, String property) {
    listener.tls().ifPresent(tls -> settings.put(property, tls.ca().toString()));
  }

  private void kafka(Map<String, String> settings, String user) {
    settings.put("linewright.kafka.bootstrap-servers", listener.at(ports.kafka()));
    settings.put("linewright.kafka.create-topics", "false");
    KafkaNode.clientProperties(credentials.user("kafka", user), listener)
        .forEach((key, value) -> settings.put("linewright.kafka.properties[" + key + "]", value));
  }

  private void mqtt(Map<String, String> settings, String user) {
    Login login = credentials.user("mqtt", user);
    settings.put("linewright.mqtt.url", Addresses.mqtt(listener, ports));
    trust(settings, "linewright.mqtt.trust-certificates");
    settings.put("linewright.mqtt.username", login.username());
    settings.put("linewright.mqtt.password", login.password());
  }

  private void datasource(Map<String, String> settings, String user) {
    Login login = credentials.user("postgres", user);
    settings.put("spring.datasource.url", PostgresServer.url(listener, ports.postgres()));
    settings.put("spring.datasource.username", login.username());
    settings.put("spring.datasource.password", login.password());
  }
}
