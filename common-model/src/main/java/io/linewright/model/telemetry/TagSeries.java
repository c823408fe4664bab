package io.linewright.model.telemetry;

import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.util.List;

/**
 * Values of one tag, in the order in which the edge logged them.
 *
 * @param tag the tag within the batch's device
 * @param type type of every value in it
 * @param role what the tag means
 * @param samples at least one
 */
public record TagSeries(TagName tag, DataType type, TagRole role, List<Sample> samples) {

  /**
   * @throws IllegalArgumentException if there are no samples or one has a value of another type
   */
  public TagSeries {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a series has at least one sample: " + tag);
    }
    for (Sample sample : samples) {
      if (sample.value() != null && sample.value().type() != type) {
        throw new IllegalArgumentException(
            "tag " + tag + " has type " + type + ", its value " + sample.value().type());
      }
    }
  }
}
