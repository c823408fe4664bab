package io.linewright.model.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gateway declares a tag. Key of its record: {@code path#name}.
 *
 * @param path equipment path
 * @param name tag name
 * @param type {@code boolean}, {@code integer}, {@code double}, {@code string} or {@code bytes}
 * @param unit UCUM code; {@code 1} for none
 * @param role kebab case, {@code good-count}
 * @param rangeLow lowest plausible value; null: open
 * @param rangeHigh highest plausible value; null: open
 * @param samplingMillis expected time between values; null: on change only
 * @param dataClass kebab case, {@code site}
 * @param owner who answers for it; null: nobody named
 * @param since since when type and unit are what they are, by the gateway's clock; null: not known,
 *     at most since {@code ce_time}
 */
public record TagAnnounced(
    String path,
    String name,
    String type,
    String unit,
    String role,
    @Nullable Double rangeLow,
    @Nullable Double rangeHigh,
    @Nullable Long samplingMillis,
    String dataClass,
    @Nullable String owner,
    @Nullable Instant since) {

  /** A tag of which nobody knows since when it is what it is. */
  public TagAnnounced(
      String path,
      String name,
      String type,
      String unit,
      String role,
      @Nullable Double rangeLow,
      @Nullable Double rangeHigh,
      @Nullable Long samplingMillis,
      String dataClass,
      @Nullable String owner) {
    this(path, name, type, unit, role, rangeLow, rangeHigh, samplingMillis, dataClass, owner, null);
  }
}
