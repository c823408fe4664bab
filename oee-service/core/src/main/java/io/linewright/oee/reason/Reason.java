package io.linewright.oee.reason;

import io.linewright.oee.slice.TimeCategory;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a machine stands still.
 *
 * @param code short name, not empty, unique in its tree
 * @param name for people, may be empty
 * @param category what the time of such a stop is: neither production, nor unscheduled or without
 *     data, which no reason can make of it
 * @param maintenance whether it is maintenance
 * @param parent code of the reason of which this is one kind, not empty; null: none
 */
public record Reason(
    String code,
    String name,
    TimeCategory category,
    Maintenance maintenance,
    @Nullable String parent) {

  private static final Set<TimeCategory> NEVER =
      EnumSet.of(
          TimeCategory.PRODUCTION,
          TimeCategory.UNSCHEDULED,
          TimeCategory.NO_DATA,
          TimeCategory.PENDING);

  /**
   * @throws IllegalArgumentException if a code is empty, or no reason can have the category
   */
  public Reason {
    if (code.isEmpty() || parent != null && parent.isEmpty()) {
      throw new IllegalArgumentException("the code of a reason is not empty");
    }
    if (NEVER.contains(category)) {
      throw new IllegalArgumentException("reason " + code + " cannot make time " + category);
    }
  }
}
