package io.linewright.edge.sparkplug;

/** Names that Linewright adds to Sparkplug; documented in {@code docs/sparkplug.md}. */
public final class LinewrightMetrics {

  /** Int64: identity of the log that positions count in. */
  public static final String EPOCH = "Linewright/Epoch";

  /** String: {@code live} or {@code backfill}. */
  public static final String LANE = "Linewright/Lane";

  /** Int64: position of the record in its lane, from 1, over all devices of the node. */
  public static final String POSITION = "Linewright/Position";

  /** Int64: position of the record before it in its lane; 0 for the first. */
  public static final String PREVIOUS = "Linewright/Previous";

  /** Int64: source time in microseconds up to which the device's values are complete. */
  public static final String COMPLETE_UNTIL = "Linewright/CompleteUntil";

  /** Int64: when the gateway closed the batch, microseconds since the epoch. */
  public static final String GATEWAY_MICROS = "Linewright/GatewayMicros";

  /** String: JSON of a SamplesLost event. */
  public static final String LOSS = "Linewright/Loss";

  /** String: JSON of a CommandProgress event; of the node, whatever the command's machine. */
  public static final String COMMAND_PROGRESS = "Linewright/CommandProgress";

  /** Prefix of all of the above. */
  public static final String PREFIX = "Linewright/";

  /** Metric property: microseconds within the metric's millisecond, 0 to 999; left out if 0. */
  public static final String SOURCE_MICROS = "sourceMicros";

  /** Metric property: order within a microsecond; left out if 0. */
  public static final String ORDINAL = "ordinal";

  /** Metric property: OPC UA status code, 32 bits; left out if Good without sub-code. */
  public static final String STATUS_CODE = "statusCode";

  /** Metric property of Sparkplug: 0 bad, 192 good, 500 stale; left out if good. */
  public static final String QUALITY = "Quality";

  /** Metric property, Boolean: the source time cannot be true; left out if plausible. */
  public static final String IMPLAUSIBLE_TIME = "linewright/implausible-time";

  /**
   * Metric property, Int64: the device's own stamp, microseconds since 1970, where the gateway
   * corrected or replaced it; left out if the metric's time is the stamp.
   */
  public static final String RAW_MICROS = "linewright/raw-micros";

  /** Birth property: UCUM code of the unit. */
  public static final String ENG_UNIT = "engUnit";

  /** Birth property: role in kebab case. */
  public static final String ROLE = "linewright/role";

  /** Birth property, Double: lowest plausible value. */
  public static final String RANGE_LOW = "linewright/range-low";

  /** Birth property, Double: highest plausible value. */
  public static final String RANGE_HIGH = "linewright/range-high";

  /** Birth property, Int64: expected milliseconds between values. */
  public static final String SAMPLING_MS = "linewright/sampling-ms";

  /** Birth property: data class in kebab case. */
  public static final String DATA_CLASS = "linewright/data-class";

  /** Birth property: owner. */
  public static final String OWNER = "linewright/owner";

  /**
   * Birth property, Int64: milliseconds since 1970 since which type and unit are what they are;
   * left out if they were never others.
   */
  public static final String SINCE_MS = "linewright/since-ms";

  /** Birth property: UUID of the equipment. */
  public static final String EQUIPMENT_ID = "linewright/equipment-id";

  /** Property of a commanded metric, String: UUID of the command. */
  public static final String COMMAND_ID = "linewright/command-id";

  /** Property of a commanded metric, Int64: milliseconds since 1970 from which on it is void. */
  public static final String EXPIRES_AT = "linewright/expires-at";

  /** Property of a commanded metric, Int64: milliseconds since 1970 at which it was asked for. */
  public static final String REQUESTED_AT = "linewright/requested-at";

  /** Property of a commanded metric, String: who asks. */
  public static final String REQUESTER = "linewright/requester";

  /** Property of a commanded metric, String: why; may be left out. */
  public static final String COMMAND_REASON = "linewright/reason";

  /** Topic of the confirmation to a node: QoS 1, retained, JSON. */
  public static String confirmationTopic(String group, String node) {
    return "linewright/v1/confirmed/" + group + "/" + node;
  }

  private LinewrightMetrics() {}
}
