package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.command.CommandReader;
import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.mapping.MappingFile;
import io.linewright.edge.app.bridge.mqtt.FrameQueue;
import io.linewright.edge.app.bridge.mqtt.HostConnection;
import io.linewright.edge.app.bridge.mqtt.HostIdentity;
import io.linewright.edge.app.bridge.mqtt.Incoming;
import io.linewright.edge.app.bridge.mqtt.MqttSettings;
import io.linewright.edge.host.HostRules;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.KafkaSettings;
import io.linewright.kit.topic.ServiceTopics;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Puts the bridge together. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "bridge")
@EnableConfigurationProperties({BridgeSettings.class, MqttSettings.class})
class BridgeConfiguration {

  private static final Duration REBIRTH_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_REBIRTH_PAUSE = Duration.ofSeconds(60);

  @Bean
  ServiceTopics bridgeTopics() {
    return new ServiceTopics(
        List.of(
            Topic.TELEMETRY,
            Topic.TELEMETRY_BACKFILL,
            Topic.EQUIPMENT,
            Topic.MACHINE_EVENTS,
            Topic.COMMANDS,
            Topic.COMMAND_RESULTS,
            Topic.BRIDGE_POSITIONS,
            Topic.QUARANTINE));
  }

  @Bean
  BridgeStatus bridgeHealthIndicator() {
    return new BridgeStatus();
  }

  @Bean
  FrameQueue bridgeQueue(BridgeSettings settings) {
    return new FrameQueue(settings.queueBytes().toBytes());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  HostConnection hostConnection(
      BridgeSettings settings,
      MqttSettings mqtt,
      FrameQueue queue,
      BridgeStatus status,
      InstantSource clock) {
    if (mqtt.url().contains(",")) {
      throw new IllegalArgumentException(
          "linewright.mqtt.url names several brokers (%s): a bridge serves one; name one"
              .formatted(mqtt.url()));
    }
    HostIdentity identity =
        new HostIdentity(settings.hostId(), settings.groups(), settings.messageBytes().toBytes());
    return new HostConnection(identity, mqtt, queue, status::connected, clock);
  }

  @Bean
  BridgeLog bridgeLog(BridgeSettings settings, KafkaSettings kafka, JsonMapper json) {
    Map<String, Object> connection = connection(settings, kafka, "");
    return new BridgeLog(settings.hostId(), UUID.randomUUID().toString(), connection, json);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  CommandReader commandReader(
      BridgeSettings settings,
      KafkaSettings kafka,
      JsonMapper json,
      InstantSource clock,
      FrameQueue queue) {
    return new CommandReader(
        connection(settings, kafka, "-commands"),
        json,
        clock,
        () -> queue.offer(new Incoming.CommandsWait()));
  }

  private static Map<String, Object> connection(
      BridgeSettings settings, KafkaSettings kafka, String purpose) {
    Map<String, Object> connection = new HashMap<>(kafka.properties());
    connection.put("bootstrap.servers", kafka.bootstrapServers());
    connection.put("client.id", "linewright-bridge-" + settings.hostId() + purpose);
    return connection;
  }

  @Bean
  Bridge bridge(
      BridgeSettings settings,
      BridgeLog log,
      FrameQueue queue,
      HostConnection connection,
      CommandReader commands,
      BridgeStatus status,
      InstantSource clock,
      FaultPoints faults,
      JsonMapper json)
      throws IOException {
    return new Bridge(
        settings,
        rules(settings, json),
        log,
        queue,
        connection,
        commands,
        status,
        clock,
        faults::reached);
  }

  @Bean
  BridgeMeters bridgeMeters(BridgeStatus status, FrameQueue queue) {
    return new BridgeMeters(status, queue);
  }

  static HostRules rules(BridgeSettings settings, JsonMapper json) throws IOException {
    EquipmentMapping mapping =
        settings.mappingFile() == null
            ? EquipmentMapping.CONVENTION
            : MappingFile.read(settings.mappingFile());
    return new HostRules(
        mapping,
        settings.reorderTime(),
        REBIRTH_PAUSE,
        LONGEST_REBIRTH_PAUSE,
        text -> loss(json, text),
        text -> progress(json, text));
  }

  private static Optional<CommandProgress> progress(JsonMapper json, String text) {
    try {
      CommandProgress step = json.readValue(text, CommandProgress.class);
      UUID.fromString(step.id());
      TagKey.parse(step.tag());
      return Optional.of(step)
          .filter(read -> CommandStep.of(read.step()).isPresent())
          .filter(read -> Optional.ofNullable(read.at()).isPresent())
          .filter(read -> Optional.ofNullable(read.detail()).isPresent());
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<SamplesLost> loss(JsonMapper json, String text) {
    try {
      SamplesLost loss = json.readValue(text, SamplesLost.class);
      EquipmentPath.parse(loss.equipment());
      return Optional.of(loss);
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }
}
