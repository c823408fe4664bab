package io.linewright.model.topic;

import java.time.Duration;

/**
 * Every Kafka topic of the platform. Topics are created from this catalogue; AsyncAPI and access
 * rules are generated from it.
 */
public enum Topic {
  TELEMETRY(
      "linewright.telemetry.v1",
      "Live values, one Protobuf TelemetryBatch per record",
      "equipment path of the device",
      6,
      Cleanup.DELETE,
      Duration.ofDays(7),
      4096),
  TELEMETRY_BACKFILL(
      "linewright.telemetry-backfill.v1",
      "Late values: backlog of gateways and imports, one Protobuf TelemetryBatch per record",
      "equipment path of the device",
      6,
      Cleanup.DELETE,
      Duration.ofDays(7),
      4096),
  EQUIPMENT(
      "linewright.equipment.v1",
      "What gateways declare: one record per piece of equipment and one per tag",
      "path, or path#tag",
      6,
      Cleanup.COMPACT,
      Duration.ofDays(7),
      512),
  MACHINE_EVENTS(
      "linewright.machine-events.v1",
      "States, counts, orders, alarms and energy of machines, derived once from role-tagged values,"
          + " and how far they are complete; losses, moves, changes of tags, breaches of data"
          + " quality",
      "equipment path of the line",
      6,
      Cleanup.DELETE,
      Duration.ofDays(30),
      2048),
  COMMANDS(
      "linewright.commands.v1",
      "Values that someone who may do so wants written to machines",
      "equipment path of the machine",
      6,
      Cleanup.DELETE,
      Duration.ofDays(7),
      256),
  COMMAND_RESULTS(
      "linewright.command-results.v1",
      "How far each command has come, told by the gateway of its machine",
      "equipment path of the machine",
      6,
      Cleanup.DELETE,
      Duration.ofDays(30),
      256),
  PRODUCTION_ORDERS(
      "linewright.production-orders.v1",
      "Production schedules of MES and ERP after ISA-95, B2MML as JSON or XML",
      "any; documents of one key keep their order",
      6,
      Cleanup.DELETE,
      Duration.ofDays(30),
      512),
  PRODUCTION_PERFORMANCE(
      "linewright.production-performance.v1",
      "What was made, for MES and ERP: performance after ISA-95, orders as they are now, what became"
          + " of each document",
      "equipment path of the line, the order, or the document",
      6,
      Cleanup.DELETE,
      Duration.ofDays(30),
      512),
  OEE(
      "linewright.oee.v1",
      "Figures of shifts, told when they are over and again when they change; stops, counters and"
          + " bottlenecks as they happen",
      "equipment path of the line",
      6,
      Cleanup.DELETE,
      Duration.ofDays(30),
      1024),
  MASTER_DATA(
      "linewright.master-data.v1",
      "What people say of products, ideal cycles, tolerances and lines, the latest version of each",
      "kind/key of the item",
      6,
      Cleanup.COMPACT,
      Duration.ofDays(7),
      256),
  BRIDGE_POSITIONS(
      "linewright.bridge-positions.v1",
      "How far the bridge has carried each gateway, written in the transaction of the data itself",
      "host/group/node",
      1,
      Cleanup.COMPACT,
      Duration.ofDays(7),
      256),
  QUARANTINE(
      "linewright.quarantine.v1",
      "What a stage could not read and set aside, with cause and original bytes",
      "stage",
      1,
      Cleanup.DELETE,
      Duration.ofDays(30),
      1024);

  /** What Kafka does with old records. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  /** Largest record of any topic. */
  public static final int MAX_RECORD_BYTES = 1024 * 1024;

  private final String topicName;
  private final String content;
  private final String key;
  private final int partitions;
  private final Cleanup cleanup;
  private final Duration retention;
  private final int maxMebibytesPerTopic;

  Topic(
      String topicName,
      String content,
      String key,
      int partitions,
      Cleanup cleanup,
      Duration retention,
      int maxMebibytesPerTopic) {
    this.topicName = topicName;
    this.content = content;
    this.key = key;
    this.partitions = partitions;
    this.cleanup = cleanup;
    this.retention = retention;
    this.maxMebibytesPerTopic = maxMebibytesPerTopic;
  }

  /** Name in Kafka; its last segment is the major version of its records. */
  public String topicName() {
    return topicName;
  }

  /** One sentence on what its records are. */
  public String content() {
    return content;
  }

  /** What the record key is; records of one key keep their order. */
  public String key() {
    return key;
  }

  /** Number of partitions at creation. */
  public int partitions() {
    return partitions;
  }

  public Cleanup cleanup() {
    return cleanup;
  }

  /** How long records are kept; for compacted topics, how long tombstones are. */
  public Duration retention() {
    return retention;
  }

  /** Disk bound of the whole topic on one broker in bytes, spread evenly over its partitions. */
  public long maxBytes() {
    return maxMebibytesPerTopic * 1024L * 1024L;
  }
}
