package io.linewright.edge.app.config;

import io.linewright.edge.config.TagAddress;
import io.linewright.edge.opcua.Deadband;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.NodeIdSyntax;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.sample.DataType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a tag of an OPC UA connection says of its node: {@code node}, {@code part}, {@code
 * monitoring}.
 */
final class MonitoringSection {

  private static final String NODE =
      "write a node id such as \"ns=2;s=press-01/force\" or \"nsu=urn:plant;i=17\"";

  /**
   * @param type type of the tag; empty if it was wrong
   */
  static Optional<TagAddress> read(YamlMap map, Optional<DataType> type) {
    Optional<String> node = map.requiredParsed("node", MonitoringSection::node, NODE);
    Optional<ValuePath> part =
        map.parsed(
            "part", ValuePath::parse, "write [2] for an element, Position.X for a field, or both");
    Monitoring monitoring =
        map.map("monitoring").map(inner -> monitoring(inner, type)).orElse(Monitoring.DEFAULT);
    return node.map(id -> new TagAddress.OpcUaNode(id, monitoring, part.orElse(ValuePath.WHOLE)));
  }

  private static String node(String text) {
    NodeIdSyntax.problem(text)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' " + problem);
            });
    return text;
  }

  private static Monitoring monitoring(YamlMap map, Optional<DataType> type) {
    Optional<Duration> sampling =
        map.parsed(
            "sampling",
            Scalars.duration(Duration.ofMillis(1), Duration.ofDays(1)),
            "write 1ms to 1d, or leave it out for the server's fastest");
    Optional<Integer> queue =
        map.parsed(
            "queue",
            Scalars.integer(1, Monitoring.MAX_QUEUE),
            "write 1 to " + Monitoring.MAX_QUEUE + ", or leave it out");
    Deadband deadband =
        map.parsed(
                "deadband",
                Deadband::parse,
                "write a number in the tag's unit, as 0.5, or of the node's EURange, as 2%")
            .orElse(Deadband.NONE);
    if (!deadband.none()
        && type.isPresent()
        && type.get() != DataType.DOUBLE
        && type.get() != DataType.INTEGER) {
      map.problem(
          "deadband", "'" + type.get() + "' is not a number", "remove it, or correct the type");
    }
    map.noOtherKeys();
    return new Monitoring(
        sampling, queue.map(OptionalInt::of).orElse(OptionalInt.empty()), deadband);
  }

  private MonitoringSection() {}
}
