package io.linewright.edge.logic.summary;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code summaries}.
 *
 * @param tag tag of the same device, of a type with numbers
 * @param prefix derived tags are named {@code prefix/mean} and so on
 * @param window length of a window; divides a day, so that windows begin at UTC midnight
 * @param values figures, each once
 * @param dataClass how far the derived tags may travel; empty: as far as the tag
 */
public record Summary(
    TagName tag,
    TagName prefix,
    Duration window,
    List<SummaryValue> values,
    Optional<DataClass> dataClass) {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if the window does not divide a day or there is no figure
   */
  public Summary {
    values = List.copyOf(values);
    if (!window.isPositive() || DAY.toNanos() % window.toNanos() != 0) {
      throw new IllegalArgumentException("window " + window + " does not divide a day");
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a summary has at least one figure");
    }
  }

  /** Name of the derived tag of a figure. */
  public TagName nameOf(SummaryValue value) {
    return new TagName(prefix.value() + "/" + value);
  }
}
