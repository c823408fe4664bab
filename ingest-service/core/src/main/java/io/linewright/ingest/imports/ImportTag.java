package io.linewright.ingest.imports;

import io.linewright.ingest.registry.TagVersion;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered tag, as far as an import has to know it.
 *
 * @param type at present
 * @param unit UCUM code at present; null if nobody has told
 * @param versions types and units over time, ascending; empty if they never changed
 * @param keptFromMicros its values before that are not kept, microseconds since the epoch; {@link
 *     #ALL_KEPT}: all are
 */
public record ImportTag(
    TagKey key,
    DataType type,
    @Nullable String unit,
    TagRole role,
    List<TagVersion> versions,
    long keptFromMicros) {

  /** All values are kept. */
  public static final long ALL_KEPT = Long.MIN_VALUE;

  public ImportTag {
    versions = List.copyOf(versions);
  }

  /** A tag whose type and unit never changed, and all of whose values are kept. */
  public ImportTag(TagKey key, DataType type, @Nullable String unit, TagRole role) {
    this(key, type, unit, role, List.of(), ALL_KEPT);
  }

  /** The tag with the type and unit that it had at an instant. */
  ImportTag at(long micros) {
    ImportTag then = this;
    for (TagVersion version : versions) {
      if (version.fromMicros() <= micros) {
        then = new ImportTag(key, version.type(), version.unit(), role, versions, keptFromMicros);
      }
    }
    return then;
  }
}
