package io.linewright.ingest.imports;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What an import declares of its file.
 *
 * @param fromMicros begin of the period, included, microseconds since the epoch
 * @param toMicros its end, not included
 * @param create whether tags that nobody knows are registered
 * @param type of such tags where the row names none; null: the row must
 * @param unit of such tags where the row names none, UCUM; null: 1
 * @param role of such tags where the row names none; null: a plain process value
 */
public record ImportTerms(
    long fromMicros,
    long toMicros,
    boolean create,
    @Nullable DataType type,
    @Nullable String unit,
    @Nullable TagRole role) {

  /**
   * @throws IllegalArgumentException if the period is empty
   */
  public ImportTerms {
    if (fromMicros >= toMicros) {
      throw new IllegalArgumentException("from must be earlier than to");
    }
  }

  boolean admits(long micros) {
    return micros >= fromMicros && micros < toMicros;
  }
}
