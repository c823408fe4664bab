package io.linewright.ingest.imports;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A registered tag, as far as an import has to know it.
 *
 * @param unit UCUM code; null if nobody has told
 */
public record ImportTag(TagKey key, DataType type, @Nullable String unit, TagRole role) {}
