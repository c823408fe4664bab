package io.linewright.edge.host.birth;

import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.TagDescription;

/** What a metric name or alias of a birth stands for. */
public sealed interface Binding {

  /** Full metric name as the birth declared it. */
  String metric();

  /**
   * Part of the protocol, not a value of the plant: {@code bdSeq}, {@code Node Control/…}, {@code
   * Linewright/…}.
   *
   * @param metric full metric name
   */
  record Control(String metric) implements Binding {}

  /**
   * A tag of a mapped device or node.
   *
   * @param metric full metric name
   * @param description what the platform is told of the tag
   * @param type type that the birth declared, for data messages that leave it out
   */
  record Tag(String metric, TagDescription description, SparkplugType type) implements Binding {}

  /**
   * A metric whose values cannot be carried on; each of them is set aside.
   *
   * @param metric full metric name
   * @param cause one sentence for people
   */
  record Unusable(String metric, String cause) implements Binding {}
}
