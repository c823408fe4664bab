package io.linewright.ingest.app.answer;

import io.linewright.model.unit.UcumUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants values of tags shown.
 *
 * @param asWas true: a path means the place, with whatever stood there at each time; false: the
 *     equipment that is there, or was last, with its past at other places
 * @param unit UCUM code; null: the newest unit of each tag
 */
public record View(boolean asWas, @Nullable String unit) {

  /** Which equipment a path means. */
  private enum Places {
    AS_IS,
    AS_WAS
  }

  /**
   * Reads the parameters {@code places} and {@code unit}.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public static View of(Parameters parameters) {
    String unit = parameters.one("unit");
    return new View(
        parameters.choice("places", Places.class, Places.AS_IS) == Places.AS_WAS,
        unit == null ? null : UcumUnit.parse(unit).code());
  }
}
