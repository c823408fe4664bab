package io.linewright.simulator.process;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;

/** Takes the changes of a plant, in the order of simulated time. */
@FunctionalInterface
public interface ChangeSink {

  /**
   * A tag has a new value.
   *
   * @param micros simulated time since the start, in µs
   * @param tag which tag
   * @param value differs from the tag's value before
   */
  void changed(long micros, PlantTag tag, SampleValue value);
}
