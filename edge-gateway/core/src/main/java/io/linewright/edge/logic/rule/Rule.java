package io.linewright.edge.logic.rule;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import java.time.Duration;
import java.util.Optional;

/**
 * One entry of {@code rules}.
 *
 * @param name name of the derived tag
 * @param tag tag of the same device that is watched
 * @param condition what it looks for
 * @param delay how long the condition must hold before the rule is active
 * @param clearDelay how long it must not hold before the rule is inactive again
 * @param role role of the derived tag: {@code alarm} or {@code stop-reason} raise machine events
 * @param message text of the derived tag while active, else it is empty; empty: the derived tag is
 *     a truth value
 * @param dataClass how far the derived tag may travel; empty: as far as the tag
 */
public record Rule(
    TagName name,
    TagName tag,
    Condition condition,
    Duration delay,
    Duration clearDelay,
    TagRole role,
    Optional<String> message,
    Optional<DataClass> dataClass) {

  /**
   * @throws IllegalArgumentException if a delay is negative
   */
  public Rule {
    if (delay.isNegative() || clearDelay.isNegative()) {
      throw new IllegalArgumentException("a delay is 0 or more");
    }
  }
}
