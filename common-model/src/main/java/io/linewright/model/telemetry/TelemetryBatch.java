package io.linewright.model.telemetry;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;
import java.util.OptionalLong;

/**
 * Values of one device that its gateway sent together: the record of {@code
 * linewright.telemetry.v1}.
 *
 * @param device whose values
 * @param group Sparkplug group that delivered it; {@code #import} for an import
 * @param node Sparkplug edge node that delivered it; for an import its id
 * @param gatewayMicros when the gateway closed the batch, microseconds since the epoch; each value
 *     arrived there at most one group interval (50 ms by default) earlier
 * @param completeUntilMicros every value of the device up to this source time has been delivered;
 *     empty: unknown
 * @param series the values, one entry per tag and type
 */
public record TelemetryBatch(
    EquipmentPath device,
    String group,
    String node,
    long gatewayMicros,
    OptionalLong completeUntilMicros,
    List<TagSeries> series) {

  /** Largest encoded batch: 256 KiB. */
  public static final int MAX_BYTES = 256 * 1024;

  /** Most samples in one batch. */
  public static final int MAX_SAMPLES = 50_000;

  public TelemetryBatch {
    series = List.copyOf(series);
  }

  /** Number of samples in all series. */
  public int sampleCount() {
    int count = 0;
    for (TagSeries one : series) {
      count += one.samples().size();
    }
    return count;
  }
}
