package io.linewright.standalone;

import io.linewright.standalone.data.Credentials;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.postgres.PostgresServer;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where everything is reached. */
final class Addresses {

  private static final String CA_FILE = "ca_file";

  private final Map<String, String> values = new LinkedHashMap<>();

  Addresses(Listener listener, Ports ports, boolean simulated) {
    String http = gateway(listener, ports);
    values.put("dashboard", http + "/");
    values.put("rest", http + "/api/v1");
    values.put("token_url", http + "/oauth2/token");
    values.put("kafka", listener.at(ports.kafka()));
    values.put("mqtt", mqtt(listener, ports));
    values.put("postgres", PostgresServer.url(listener, ports.postgres()));
    if (simulated) {
      values.put("opcua", "opc.tcp://" + listener.at(ports.opcUa()) + "/linewright");
      values.put("modbus", Plant.modbusListener(listener).at(ports.modbus()));
    }
    listener.tls().ifPresent(tls -> values.put(CA_FILE, tls.ca().toString()));
  }

  /** Public address of the gateway, without a slash at its end. */
  static String gateway(Listener listener, Ports ports) {
    return (listener.tls().isPresent() ? "https://" : "http://") + listener.at(ports.http());
  }

  /** Address of the MQTT broker in Paho's notation. */
  static String mqtt(Listener listener, Ports ports) {
    return (listener.tls().isPresent() ? "ssl://" : "tcp://") + listener.at(ports.mqtt());
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Puts the addresses beside the passwords that belong to them. */
  void noteIn(Credentials credentials) {
    credentials.note("kafka", "bootstrap", get("kafka"));
    credentials.note(
        "kafka",
        "client_properties_file",
        credentials.file().resolveSibling("kafka/client.properties").toString());
    credentials.note("mqtt", "url", get("mqtt"));
    credentials.note("postgres", "url", get("postgres"));
    credentials.note("opcua", "url", get("opcua"));
    credentials.forget("tls");
    if (values.containsKey(CA_FILE)) {
      credentials.note("tls", CA_FILE, get(CA_FILE));
    }
  }

  /** Writes the file by which other programs see that the platform is ready. */
  void write(Path file) throws StartFailure {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("pid", ProcessHandle.current().pid());
    try {
      JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      PrivateFiles.write(file, mapper.writeValueAsString(all) + "\n");
    } catch (IOException cannotWrite) {
      throw new StartFailure("Cannot write " + file + ": " + cannotWrite, cannotWrite);
    }
  }

  /** Lines for the console. */
  List<String> lines() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("dashboard", "Dashboard");
    titles.put("rest", "REST");
    titles.put("kafka", "Kafka");
    titles.put("mqtt", "MQTT");
    titles.put("postgres", "PostgreSQL");
    titles.put("opcua", "OPC UA");
    titles.put("modbus", "Modbus TCP");
    titles.put(CA_FILE, "Trust (CA)");
    List<String> lines = new ArrayList<>();
    titles.forEach(
        (key, title) -> {
          String value = values.get(key);
          if (value != null) {
            lines.add("  %-12s %s".formatted(title, value));
          }
        });
    return lines;
  }
}
