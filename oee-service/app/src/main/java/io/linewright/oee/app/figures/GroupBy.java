package io.linewright.oee.app.figures;

import io.linewright.oee.element.Grouping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of an answer are divided by.
 *
 * @param by in the order asked for
 * @param hour whether by hours, too: those since the shift began
 */
record GroupBy(List<Grouping.By> by, boolean hour) {

  private static final String HOUR = "hour";

  /**
   * Reads the parameter {@code by}.
   *
   * @param texts each one or several names with commas between; null: one group of all
   * @throws IllegalArgumentException if one is not known
   */
  static GroupBy of(@Nullable List<String> texts) {
    Set<Grouping.By> by = new LinkedHashSet<>();
    boolean hour = false;
    for (String text : texts == null ? List.<String>of() : texts) {
      for (String name : text.split(",", -1)) {
        if (name.strip().equals(HOUR)) {
          hour = true;
        } else if (!name.isBlank()) {
          by.add(Names.of("by", Grouping.By.class, name.strip()));
        }
      }
    }
    return new GroupBy(List.copyOf(by), hour);
  }

  /** The names of the keys of a group, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>(by.stream().map(Names::value).toList());
    if (hour) {
      names.add(HOUR);
    }
    return names;
  }
}
