package io.linewright.standalone.kafka;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.standalone.StartFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Which principal may do what; everything else is refused. */
public final class KafkaAccess {

  /** Begin of the groups of who reads the machine events of imports. */
  private static final String EVENT_READERS = "oee-service";

  private static final String ALL_TOPICS = "linewright.";
  private static final int SECONDS = 30;

  /** What others decide. */
  private static final EnumSet<Topic> NOT_OF_THE_BRIDGE =
      EnumSet.of(
          Topic.COMMANDS,
          Topic.PRODUCTION_ORDERS,
          Topic.PRODUCTION_PERFORMANCE,
          Topic.OEE,
          Topic.MASTER_DATA);

  /**
   * Creates the topics of the catalogue and sets the rules; what exists stays.
   *
   * @param connection settings of the administrator's connection
   */
  public static void apply(String bootstrap, Map<String, String> connection) throws StartFailure {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("bootstrap.servers", bootstrap);
    settings.put("client.id", "linewright-standalone");
    try (Admin admin = Admin.create(settings)) {
      admin.createAcls(rules()).all().get(SECONDS, TimeUnit.SECONDS);
      TopicProvisioner.ensureAll(admin, Topic.values());
    } catch (ExecutionException | TimeoutException refused) {
      throw new StartFailure("Kafka refuses its topics or access rules: " + refused, refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted while setting Kafka's access rules", stopped);
    }
  }

  /** All rules. */
  static Collection<AclBinding> rules() {
    List<AclBinding> rules = new ArrayList<>();
    bridge(rules);
    ingest(rules);
    oee(rules);
    for (String service : List.of("bridge", "ingest", "oee", "gateway")) {
      prefixed(rules, service, ResourceType.TOPIC, ALL_TOPICS, AclOperation.DESCRIBE_CONFIGS);
    }
    for (String reader : List.of("reader", "gateway")) {
      prefixed(rules, reader, ResourceType.TOPIC, ALL_TOPICS, AclOperation.READ);
      prefixed(rules, reader, ResourceType.GROUP, reader, AclOperation.READ);
    }
    mes(rules);
    return rules;
  }

  private static void bridge(List<AclBinding> rules) {
    for (Topic topic : EnumSet.complementOf(NOT_OF_THE_BRIDGE)) {
      literal(rules, "bridge", ResourceType.TOPIC, topic.topicName(), AclOperation.WRITE);
    }
    for (Topic topic :
        List.of(Topic.BRIDGE_POSITIONS, Topic.EQUIPMENT, Topic.COMMANDS, Topic.COMMAND_RESULTS)) {
      literal(rules, "bridge", ResourceType.TOPIC, topic.topicName(), AclOperation.READ);
    }
    String own = "linewright-bridge";
    prefixed(
        rules,
        "bridge",
        ResourceType.TRANSACTIONAL_ID,
        own,
        AclOperation.WRITE,
        AclOperation.DESCRIBE);
    literal(rules, "bridge", ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE);
  }

  private static void ingest(List<AclBinding> rules) {
    prefixed(rules, "ingest", ResourceType.TOPIC, ALL_TOPICS, AclOperation.READ);
    literal(rules, "ingest", ResourceType.TOPIC, Topic.QUARANTINE.topicName(), AclOperation.WRITE);
    for (Topic own : List.of(Topic.TELEMETRY_BACKFILL, Topic.EQUIPMENT, Topic.MACHINE_EVENTS)) {
      literal(rules, "ingest", ResourceType.TOPIC, own.topicName(), AclOperation.WRITE);
    }
    for (Topic authorised : List.of(Topic.COMMANDS, Topic.COMMAND_RESULTS)) {
      literal(rules, "ingest", ResourceType.TOPIC, authorised.topicName(), AclOperation.WRITE);
    }
    String own = "ingest-service";
    prefixed(rules, "ingest", ResourceType.GROUP, own, AclOperation.READ);
    // Imports do not run away from who reads their events.
    prefixed(rules, "ingest", ResourceType.GROUP, EVENT_READERS, AclOperation.DESCRIBE);
    prefixed(
        rules,
        "ingest",
        ResourceType.TRANSACTIONAL_ID,
        own,
        AclOperation.WRITE,
        AclOperation.DESCRIBE);
    literal(rules, "ingest", ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE);
  }

  private static void oee(List<AclBinding> rules) {
    for (Topic read : List.of(Topic.MACHINE_EVENTS, Topic.EQUIPMENT, Topic.PRODUCTION_ORDERS)) {
      literal(rules, "oee", ResourceType.TOPIC, read.topicName(), AclOperation.READ);
    }
    for (Topic own :
        List.of(Topic.OEE, Topic.PRODUCTION_PERFORMANCE, Topic.MASTER_DATA, Topic.QUARANTINE)) {
      literal(rules, "oee", ResourceType.TOPIC, own.topicName(), AclOperation.WRITE);
    }
    String own = "oee-service";
    prefixed(rules, "oee", ResourceType.GROUP, own, AclOperation.READ);
    prefixed(
        rules,
        "oee",
        ResourceType.TRANSACTIONAL_ID,
        own,
        AclOperation.WRITE,
        AclOperation.DESCRIBE);
    literal(rules, "oee", ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE);
  }

  /** A manufacturing execution system writes orders and reads what was made of them. */
  private static void mes(List<AclBinding> rules) {
    String orders = Topic.PRODUCTION_ORDERS.topicName();
    literal(rules, "mes", ResourceType.TOPIC, orders, AclOperation.WRITE);
    String performance = Topic.PRODUCTION_PERFORMANCE.topicName();
    literal(rules, "mes", ResourceType.TOPIC, performance, AclOperation.READ);
    prefixed(rules, "mes", ResourceType.GROUP, "mes", AclOperation.READ);
  }

  private static void literal(
      List<AclBinding> rules, String user, ResourceType type, String name, AclOperation... may) {
    add(rules, user, new ResourcePattern(type, name, PatternType.LITERAL), may);
  }

  private static void prefixed(
      List<AclBinding> rules, String user, ResourceType type, String name, AclOperation... may) {
    add(rules, user, new ResourcePattern(type, name, PatternType.PREFIXED), may);
  }

  private static void add(
      List<AclBinding> rules, String user, ResourcePattern pattern, AclOperation... may) {
    Arrays.stream(may)
        .map(
            operation ->
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))
        .map(entry -> new AclBinding(pattern, entry))
        .forEach(rules::add);
  }

  private KafkaAccess() {}
}
