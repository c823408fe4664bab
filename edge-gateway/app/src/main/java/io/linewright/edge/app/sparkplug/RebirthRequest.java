package io.linewright.edge.app.sparkplug;

import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The command by which a host asks a node for its births. The metric has no alias, so that it is
 * understood without any birth (tck-id-operational-behavior-data-commands-rebirth-name-aliases).
 */
public final class RebirthRequest {

  /** Name of the metric, in births and in commands. */
  public static final String METRIC = "Node Control/Rebirth";

  /** Whether a command to the node asks for births. */
  public static boolean isIn(Payload command) {
    return command.metrics().stream()
        .anyMatch(metric -> METRIC.equals(metric.name()) && Boolean.TRUE.equals(metric.value()));
  }

  /** The command's payload; commands have no sequence number (tck-id-payloads-ncmd-seq). */
  public static byte[] payload(long nowMillis) {
    Metric rebirth = Metric.named(METRIC, SparkplugType.BOOLEAN, nowMillis, true);
    return PayloadCodec.encode(
        new Payload(OptionalLong.of(nowMillis), OptionalInt.empty(), List.of(rebirth)));
  }

  private RebirthRequest() {}
}
