package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import org.jspecify.annotations.Nullable;

/** Last values under the paths of their equipment, in the wanted unit or the newest. */
public final class ShownValues {

  /** A last value and what it belongs to, both as they are shown. */
  public record Shown(Tag tag, LastValue value) {}

  private final Registry registry;
  private final LastValues lastValues;

  public ShownValues(Registry registry, LastValues lastValues) {
    this.registry = registry;
    this.lastValues = lastValues;
  }

  /**
   * The last value of a tag; null if it has none.
   *
   * @param unit UCUM code; null: the newest
   * @throws IllegalArgumentException if the value cannot be shown in that unit
   */
  @Nullable Shown of(Series series, @Nullable String unit) {
    for (Piece piece : series.pieces().reversed()) {
      LastValue value = lastValues.of(piece.tagId());
      if (value != null
          && !piece.overlaps(value.sample().sourceMicros(), value.sample().sourceMicros() + 1)) {
        continue;
      }
      if (value != null) {
        return shown(series, value, unit);
      }
    }
    return null;
  }

  /** The same for a tag as it is shown. */
  @Nullable Shown of(Tag tag, @Nullable String unit) {
    TagKey key = new TagKey(EquipmentPath.parse(tag.path()), new TagName(tag.name()));
    return of(registry.series(key, false), unit);
  }

  /** A last value that has changed; null if its tag is unknown here. */
  public @Nullable Shown of(LastValue value) {
    Tag tag = registry.shown(value.tagId(), value.sample().sourceMicros());
    if (tag == null || tag.versions().isEmpty()) {
      return tag == null ? null : new Shown(tag, value);
    }
    return shown(Series.of(tag), value, null);
  }

  private static Shown shown(Series series, LastValue value, @Nullable String unit) {
    long micros = value.sample().sourceMicros();
    SeriesPlan plan = series.list(micros, micros + 1, unit);
    Sample sample = value.sample();
    for (Part part : plan.parts()) {
      if (part.piece().overlaps(micros, micros + 1)) {
        sample = part.mapping().apply(sample);
      }
    }
    return new Shown(
        series.tag().with(plan.type(), plan.unit()),
        new LastValue(
            value.tagId(), sample, value.gatewayMicros(), value.ingestMicros(), value.version()));
  }
}
